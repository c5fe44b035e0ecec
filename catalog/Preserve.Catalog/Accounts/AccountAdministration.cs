using System.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Accounts;

/// <summary>
/// What is done to accounts, each act in one transaction with its entry in the audit trail. Whether the actor may do it is
/// decided by who calls; that somebody can always administer is decided here.
/// </summary>
public sealed class AccountAdministration(IServiceScopeFactory scopes, AuditTrail audit, TimeProvider time)
{
    /// <summary>Adds an account without roles beyond those given.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="name">3 to 64 characters, see <see cref="AccountServices.NameCharacters"/>.</param>
    /// <param name="roles">Of <see cref="Roles.All"/>.</param>
    /// <param name="password">Null for an account that waits for a one-time link.</param>
    /// <param name="cancellationToken">Leaves no account.</param>
    public async Task<(Account? Account, AccountResult Result)> CreateAsync(
        Actor actor, string name, IReadOnlyCollection<string> roles, string? password, CancellationToken cancellationToken)
    {
        Account? created = null;
        var result = await ActAsync(async unit => await CreateAsync(unit, actor, name, roles, password, account => created = account), cancellationToken);
        return (result.IsDone ? created : null, result);
    }

    /// <summary>The first administrator, from the link that was printed at the first run.</summary>
    public Task<AccountResult> SetUpAsync(OneTimeLink link, string name, string password, CancellationToken cancellationToken) =>
        ActAsync(async unit =>
        {
            if (await unit.Catalog.HasAdministratorAsync(cancellationToken) || !await OneTimeLinks.UseUpAsync(unit.Catalog, link, cancellationToken))
            {
                return AccountResult.LinkUsed;
            }

            return await CreateAsync(unit, Actor.Service with { Name = "set-up link" }, name, [Roles.Administrator, Roles.Curator], password, _ => { });
        }, cancellationToken);

    /// <summary>A new password by a one-time link. Opens a locked account again.</summary>
    public Task<AccountResult> ChoosePasswordAsync(OneTimeLink link, string password, CancellationToken cancellationToken) =>
        ActAsync(async unit =>
        {
            if (await unit.FindAsync(link.AccountId) is not { } account || !await OneTimeLinks.UseUpAsync(unit.Catalog, link, cancellationToken))
            {
                return AccountResult.LinkUsed;
            }

            if (await SetPasswordAsync(unit, account, password) is { IsDone: false } refused)
            {
                return refused;
            }

            account.LockoutEnd = null;
            account.AccessFailedCount = 0;
            unit.Record(Actor.Of(account, await unit.Accounts.GetRolesAsync(account)), AuditAction.PasswordChanged, account, "by one-time link");
            return Of(await unit.Accounts.UpdateSecurityStampAsync(account));
        }, cancellationToken);

    /// <summary>A new password for oneself; every other place where the account is signed in is signed out.</summary>
    public Task<AccountResult> ChangePasswordAsync(Actor actor, string current, string changed, CancellationToken cancellationToken) =>
        ActAsync(async unit =>
        {
            if (await unit.FindAsync(actor.AccountId) is not { } account)
            {
                return AccountResult.NoSuchAccount;
            }

            unit.Record(actor, AuditAction.PasswordChanged, account, "");
            return Of(await unit.Accounts.ChangePasswordAsync(account, current, changed));
        }, cancellationToken);

    /// <summary>Exactly these roles from now on.</summary>
    public Task<AccountResult> SetRolesAsync(Actor actor, Guid accountId, IReadOnlyCollection<string> roles, CancellationToken cancellationToken) =>
        ActAsync(async unit =>
        {
            if (await unit.FindAsync(accountId) is not { } account)
            {
                return AccountResult.NoSuchAccount;
            }

            var had = await unit.Accounts.GetRolesAsync(account);
            await unit.Accounts.RemoveFromRolesAsync(account, had.Except(roles));
            await unit.Accounts.AddToRolesAsync(account, roles.Except(had));
            unit.Record(actor, AuditAction.RolesChanged, account, $"from {Words(had)} to {Words(roles)}");
            await unit.Accounts.UpdateSecurityStampAsync(account);
            return await SomebodyAdministersAsync(unit, had, cancellationToken);
        }, cancellationToken);

    /// <summary>Closes an account or opens it again. A closed one is signed out everywhere, and its API tokens stop working.</summary>
    public Task<AccountResult> SetActiveAsync(Actor actor, Guid accountId, bool isActive, CancellationToken cancellationToken) =>
        ActAsync(async unit =>
        {
            if (await unit.FindAsync(accountId) is not { } account)
            {
                return AccountResult.NoSuchAccount;
            }

            account.IsActive = isActive;
            unit.Record(actor, isActive ? AuditAction.AccountReopened : AuditAction.AccountClosed, account, "");
            await unit.Accounts.UpdateSecurityStampAsync(account);
            return await SomebodyAdministersAsync(unit, await unit.Accounts.GetRolesAsync(account), cancellationToken);
        }, cancellationToken);

    /// <summary>Lets somebody try again who has given a wrong password too often.</summary>
    public Task<AccountResult> UnlockAsync(Actor actor, Guid accountId, CancellationToken cancellationToken) =>
        ActAsync(async unit =>
        {
            if (await unit.FindAsync(accountId) is not { } account)
            {
                return AccountResult.NoSuchAccount;
            }

            unit.Record(actor, AuditAction.AccountUnlocked, account, "");
            await unit.Accounts.SetLockoutEndDateAsync(account, null);
            return Of(await unit.Accounts.ResetAccessFailedCountAsync(account));
        }, cancellationToken);

    /// <summary>What is shown of an account outside the house; empty for its role.</summary>
    public Task<AccountResult> SetPseudonymAsync(Actor actor, Guid accountId, string pseudonym, CancellationToken cancellationToken) =>
        ActAsync(async unit =>
        {
            if (await unit.FindAsync(accountId) is not { } account)
            {
                return AccountResult.NoSuchAccount;
            }

            if (pseudonym.Length > ColumnLengths.Title || pseudonym.Any(char.IsControl))
            {
                return AccountResult.Refused($"A pseudonym has at most {ColumnLengths.Title} characters, on one line.");
            }

            account.Pseudonym = pseudonym.Trim();
            unit.Record(actor, AuditAction.AccountRenamed, account, $"shown as \"{account.Pseudonym}\"");
            return Of(await unit.Accounts.UpdateAsync(account));
        }, cancellationToken);

    /// <summary>The path of a link with which the account's owner chooses a new password; null for an unknown account.</summary>
    public async Task<string?> IssuePasswordLinkAsync(Actor actor, Guid accountId, CancellationToken cancellationToken)
    {
        var result = await ActAsync(async unit =>
        {
            if (await unit.FindAsync(accountId) is not { } account)
            {
                return AccountResult.NoSuchAccount;
            }

            unit.Record(actor, AuditAction.PasswordLinkIssued, account, "");
            await unit.Catalog.SaveChangesAsync(cancellationToken);
            return AccountResult.Done;
        }, cancellationToken);
        if (!result.IsDone)
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OneTimeLinks>().CreateAsync(LinkPurpose.Password, accountId, cancellationToken);
    }

    private async Task<AccountResult> CreateAsync(
        Unit unit, Actor actor, string name, IReadOnlyCollection<string> roles, string? password, Action<Account> created)
    {
        var now = time.GetUtcNow();
        var account = new Account { Id = Guid.CreateVersion7(now), UserName = name, LockoutEnabled = true, CreatedAt = now.ToUnixTimeMilliseconds() };
        var made = password is null ? await unit.Accounts.CreateAsync(account) : await unit.Accounts.CreateAsync(account, password);
        if (!made.Succeeded)
        {
            return Of(made);
        }

        created(account);
        unit.Record(actor, AuditAction.AccountCreated, account, Words(roles));
        return Of(await unit.Accounts.AddToRolesAsync(account, roles));
    }

    private static async Task<AccountResult> SetPasswordAsync(Unit unit, Account account, string password)
    {
        foreach (var validator in unit.Accounts.PasswordValidators)
        {
            var judged = await validator.ValidateAsync(unit.Accounts, account, password);
            if (!judged.Succeeded)
            {
                return Of(judged);
            }
        }

        account.PasswordHash = unit.Accounts.PasswordHasher.HashPassword(account, password);
        return AccountResult.Done;
    }

    private static async Task<AccountResult> SomebodyAdministersAsync(Unit unit, IEnumerable<string> had, CancellationToken cancellationToken)
    {
        await unit.Catalog.SaveChangesAsync(cancellationToken);
        return !had.Contains(Roles.Administrator) || await unit.Catalog.HasAdministratorAsync(cancellationToken)
            ? AccountResult.Done
            : AccountResult.LastAdministrator;
    }

    /// <summary>All of an act, with its entry, or nothing of it. The entry must be recorded before the last save of the act.</summary>
    private async Task<AccountResult> ActAsync(Func<Unit, Task<AccountResult>> act, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogContext>();
        // Serializable: two administrators who take the role from each other at one moment must not both succeed.
        await using var transaction = await catalog.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var result = await act(new Unit(catalog, scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), audit));
        if (result.IsDone)
        {
            await catalog.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }

    private static string Words(IEnumerable<string> roles) => string.Join(", ", roles) is { Length: > 0 } words ? words : "no role";

    private static AccountResult Of(IdentityResult result) => new([.. result.Errors.Select(error => error.Description)]);

    private sealed record Unit(CatalogContext Catalog, UserManager<Account> Accounts, AuditTrail Audit)
    {
        public async Task<Account?> FindAsync(Guid? id) => id is { } known ? await Accounts.FindByIdAsync(known.ToString()) : null;

        public void Record(Actor actor, AuditAction action, Account account, string detail) =>
            Catalog.AuditEntries.Add(Audit.Entry(actor, action, account.Id.ToString(), $"{account.UserName}{(detail.Length > 0 ? ": " : "")}{detail}"));
    }
}
