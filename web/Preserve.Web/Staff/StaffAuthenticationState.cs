using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Web.Accounts;

namespace Preserve.Web.Staff;

/// <summary>Who sits at an open page. Looked at again every half minute: a page of a closed account does not stay open.</summary>
public sealed class StaffAuthenticationState(ILoggerFactory logger, IDbContextFactory<CatalogContext> contexts)
    : RevalidatingServerAuthenticationStateProvider(logger)
{
    // As in ClaimsIdentityOptions: what the cookie was issued for.
    private const string StampClaim = "AspNet.Identity.SecurityStamp";

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var (id, stamp) = (CurrentAccount.IdOf(authenticationState.User), authenticationState.User.FindFirst(StampClaim)?.Value);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Accounts.AnyAsync(account => account.Id == id && account.IsActive && account.SecurityStamp == stamp, cancellationToken);
    }
}
