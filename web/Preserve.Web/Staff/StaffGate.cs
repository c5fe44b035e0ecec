using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Web.Accounts;

namespace Preserve.Web.Staff;

/// <summary>
/// Asked before every act on an interactive page. Such a page lives for hours on one connection, so what its reader might do when it was
/// opened is not what counts: the account's row, now, is.
/// </summary>
public sealed class StaffGate(AuthenticationStateProvider authentication, IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Who acts; null when the account may not do this any more.</summary>
    /// <param name="role">Of <see cref="Roles"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Actor?> EnterAsync(string role, CancellationToken cancellationToken)
    {
        var person = (await authentication.GetAuthenticationStateAsync()).User;
        if (CurrentAccount.IdOf(person) is not { } id)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await context.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.IsActive, cancellationToken);
        if (account is null)
        {
            return null;
        }

        var roles = await context.RolesOfAsync(id, cancellationToken);
        return roles.Contains(role) ? Actor.Of(account, roles) : null;
    }
}
