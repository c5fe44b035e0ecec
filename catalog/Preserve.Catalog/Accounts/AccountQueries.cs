using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Accounts;

/// <summary>An account and what it may do, as a list shows it.</summary>
public sealed record AccountSummary(
    Guid Id, string Name, string Pseudonym, IReadOnlyList<string> Roles, bool IsActive, bool HasPassword, DateTimeOffset? LockedUntil, long CreatedAt, long? LastSignInAt);

/// <summary>Accounts for pages. What comes back is not tracked.</summary>
public static class AccountQueries
{
    /// <summary>By name. A house has tens of accounts, not thousands.</summary>
    public static async Task<IReadOnlyList<AccountSummary>> ListAccountsAsync(this CatalogContext context, CancellationToken cancellationToken)
    {
        var accounts = await context.Accounts.AsNoTracking().OrderBy(account => account.NormalizedUserName).ToListAsync(cancellationToken);
        var memberships = await context.Set<IdentityUserRole<Guid>>()
            .Join(context.Set<AccountRole>(), one => one.RoleId, role => role.Id, (one, role) => new { one.UserId, role.Name })
            .ToListAsync(cancellationToken);
        var roles = memberships.ToLookup(one => one.UserId, one => one.Name!);
        return [.. accounts.Select(account => new AccountSummary(
            account.Id, account.UserName!, account.Pseudonym, [.. Roles.All.Where(role => roles[account.Id].Contains(role))],
            account.IsActive, account.PasswordHash is not null, account.LockoutEnd, account.CreatedAt, account.LastSignInAt))];
    }

    /// <summary>Lowest first.</summary>
    public static async Task<IReadOnlyList<string>> RolesOfAsync(this CatalogContext context, Guid accountId, CancellationToken cancellationToken)
    {
        var names = await context.Set<IdentityUserRole<Guid>>().Where(one => one.UserId == accountId)
            .Join(context.Set<AccountRole>(), one => one.RoleId, role => role.Id, (_, role) => role.Name!)
            .ToListAsync(cancellationToken);
        return [.. Roles.All.Where(names.Contains)];
    }

    /// <summary>Whether anybody can manage accounts.</summary>
    public static Task<bool> HasAdministratorAsync(this CatalogContext context, CancellationToken cancellationToken) =>
        context.ActiveAdministrators().AnyAsync(cancellationToken);

    internal static IQueryable<Guid> ActiveAdministrators(this CatalogContext context) =>
        context.Set<IdentityUserRole<Guid>>()
            .Join(context.Set<AccountRole>().Where(role => role.Name == Roles.Administrator), one => one.RoleId, role => role.Id, (one, _) => one.UserId)
            .Join(context.Accounts.Where(account => account.IsActive), id => id, account => account.Id, (id, _) => id);
}
