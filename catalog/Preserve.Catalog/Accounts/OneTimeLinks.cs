using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Accounts;

/// <summary>Makes one-time links and takes them in. A new link replaces the earlier ones of the same purpose and account.</summary>
public sealed class OneTimeLinks(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>How long the link to a new password works.</summary>
    public static readonly TimeSpan PasswordLinkLife = TimeSpan.FromHours(24);

    /// <summary>The path of a fresh link, to be said once, such as <c>/setup/...</c>.</summary>
    public async Task<string> CreateAsync(LinkPurpose purpose, Guid? accountId, CancellationToken cancellationToken)
    {
        var token = Secret.Create();
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.OneTimeLinks.Where(link => link.Purpose == purpose && link.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        context.OneTimeLinks.Add(new OneTimeLink
        {
            Id = Guid.CreateVersion7(now),
            Purpose = purpose,
            AccountId = accountId,
            TokenSha256 = Secret.Digest(token),
            ExpiresAt = purpose == LinkPurpose.Setup ? null : (now + PasswordLinkLife).ToUnixTimeMilliseconds(),
        });
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return purpose == LinkPurpose.Setup ? $"/setup/{token}" : $"/account/new-password/{token}";
    }

    /// <summary>The link that a token stands for, still unused; null for none that works.</summary>
    public async Task<OneTimeLink?> FindAsync(string token, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (digest, now) = (Secret.Digest(token), time.GetUtcNow().ToUnixTimeMilliseconds());
        return await context.OneTimeLinks.AsNoTracking().SingleOrDefaultAsync(
            link => link.TokenSha256 == digest && link.Purpose == purpose && (link.ExpiresAt == null || link.ExpiresAt > now), cancellationToken);
    }

    /// <summary>Uses a link up, within the caller's transaction. False when somebody else was faster.</summary>
    internal static async Task<bool> UseUpAsync(CatalogContext context, OneTimeLink link, CancellationToken cancellationToken) =>
        await context.OneTimeLinks.Where(row => row.Id == link.Id).ExecuteDeleteAsync(cancellationToken) == 1;
}
