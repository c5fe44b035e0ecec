using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Audit;
using Preserve.Web.Accounts;

namespace Preserve.Web.Api;

internal static class ActorOfRequest
{
    /// <summary>The account of an authorized request, as records name it.</summary>
    public static async Task<Actor> ActorAsync(this IDbContextFactory<CatalogContext> contexts, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var id = CurrentAccount.IdOf(person);
        var account = await context.Accounts.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        return Actor.Of(account, CurrentAccount.RolesOf(person));
    }
}
