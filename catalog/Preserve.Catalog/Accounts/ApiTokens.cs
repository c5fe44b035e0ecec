using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;

namespace Preserve.Catalog.Accounts;

/// <summary>What a good API token permits now.</summary>
/// <param name="TokenId">Which token it was.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Roles">The token's scopes that its owner still has.</param>
public sealed record ApiTokenUse(Guid TokenId, Account Account, IReadOnlyList<string> Roles);

/// <summary>Issues, checks and revokes API tokens.</summary>
public sealed class ApiTokens(IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    public const int LongestNameInCharacters = 80;
    public const int MaximumTokensOfOneAccount = 50;
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    // A row a request would be a write for every read.
    private const long LastUseGrainInMilliseconds = 60_000;

    /// <summary>The token, said once; or the reason why not.</summary>
    /// <param name="owner">Whose it will be.</param>
    /// <param name="name">1 to 80 characters.</param>
    /// <param name="scopes">Roles that the owner has.</param>
    /// <param name="life">How long it works: more than nothing, at most <see cref="LongestLife"/>.</param>
    /// <param name="cancellationToken">Leaves no token.</param>
    public async Task<(string? Token, string Problem)> IssueAsync(
        Actor owner, string name, IReadOnlyCollection<string> scopes, TimeSpan life, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindProblemAsync(context, owner, name, scopes, life, cancellationToken) is { } problem)
        {
            return (null, problem);
        }

        var token = ApiToken.Prefix + Secret.Create();
        var now = time.GetUtcNow();
        var row = new ApiToken
        {
            Id = Guid.CreateVersion7(now),
            AccountId = owner.AccountId!.Value,
            Name = name,
            Scopes = [.. scopes],
            TokenSha256 = Secret.Digest(token),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            ExpiresAt = (now + life).ToUnixTimeMilliseconds(),
        };
        context.ApiTokens.Add(row);
        context.AuditEntries.Add(audit.Entry(owner, AuditAction.TokenIssued, row.Id.ToString(), $"\"{name}\" for {string.Join(", ", scopes)}"));
        await context.SaveChangesAsync(cancellationToken);
        return (token, "");
    }

    /// <summary>What the token permits; null when it is unknown, revoked or expired, or its account is closed.</summary>
    public async Task<ApiTokenUse?> UseAsync(string token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var digest = Secret.Digest(token);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.ApiTokens.AsNoTracking()
            .Where(row => row.TokenSha256 == digest && row.ExpiresAt > now)
            .Join(context.Accounts.AsNoTracking().Where(account => account.IsActive), row => row.AccountId, account => account.Id, (row, account) => new { Row = row, Account = account })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        if (found.Row.LastUsedAt is not { } last || now - last >= LastUseGrainInMilliseconds)
        {
            await context.ApiTokens.Where(row => row.Id == found.Row.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancellationToken);
        }

        var roles = await context.RolesOfAsync(found.Account.Id, cancellationToken);
        return new ApiTokenUse(found.Row.Id, found.Account, [.. roles.Where(found.Row.Scopes.Contains)]);
    }

    /// <summary>Newest first, expired ones too.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ApiTokens.AsNoTracking().Where(row => row.AccountId == accountId)
            .OrderByDescending(row => row.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>False when the actor has no such token.</summary>
    public async Task<bool> RevokeAsync(Actor owner, Guid tokenId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.ApiTokens.SingleOrDefaultAsync(row => row.Id == tokenId && row.AccountId == owner.AccountId, cancellationToken) is not { } row)
        {
            return false;
        }

        context.ApiTokens.Remove(row);
        context.AuditEntries.Add(audit.Entry(owner, AuditAction.TokenRevoked, tokenId.ToString(), $"\"{row.Name}\""));
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static async Task<string?> FindProblemAsync(
        CatalogContext context, Actor owner, string name, IReadOnlyCollection<string> scopes, TimeSpan life, CancellationToken cancellationToken)
    {
        if (owner.AccountId is not { } accountId)
        {
            return "Only an account can have a token.";
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestNameInCharacters || name.Any(char.IsControl))
        {
            return $"Give it a name of 1 to {LongestNameInCharacters} characters.";
        }

        if (life <= TimeSpan.Zero || life > LongestLife)
        {
            return $"A token works for 1 to {LongestLife.Days} days.";
        }

        var roles = await context.RolesOfAsync(accountId, cancellationToken);
        if (scopes.Count == 0 || !scopes.All(roles.Contains))
        {
            return "Choose at least one role, of those that you have.";
        }

        return await context.ApiTokens.CountAsync(row => row.AccountId == accountId, cancellationToken) >= MaximumTokensOfOneAccount
            ? $"An account has at most {MaximumTokensOfOneAccount} tokens. Revoke one first."
            : null;
    }
}
