using System.Net;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Access;
using Preserve.Catalog.Accounts;
using Preserve.Web.Accounts;

namespace Preserve.Web.Access;

/// <summary>
/// Tells who asks, anew at every request: account, groups and reading rooms may have changed since. An address counts as the server sees it,
/// which is what a proxy says only where the proxy is named in the configuration.
/// </summary>
public sealed class ViewerReader(AccessGroups groups, ReadingRooms rooms, IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    public async Task<Viewer> OfAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var inRooms = await RoomsOfAsync(http.Connection.RemoteIpAddress, cancellationToken);
        return CurrentAccount.IdOf(http.User) is { } account
            ? new Viewer(true, CurrentAccount.RolesOf(http.User), await groups.OfAccountAsync(account, cancellationToken), inRooms, Now)
            : new Viewer(false, [], [], inRooms, Now);
    }

    /// <summary>Somebody without an account who is nowhere in particular.</summary>
    public Viewer Anybody() => new(false, [], [], [], Now);

    /// <summary>An account as it stands now, wherever the request comes from; a closed one is a visitor.</summary>
    public async Task<Viewer> OfAccountAsync(Guid account, IPAddress? address, CancellationToken cancellationToken) =>
        await OfAccountAsync(account, await RoomsOfAsync(address, cancellationToken), cancellationToken);

    /// <summary>An account as it stands now, in these rooms.</summary>
    public async Task<Viewer> OfAccountAsync(Guid account, IReadOnlyList<string> inRooms, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Accounts.AnyAsync(row => row.Id == account && row.IsActive, cancellationToken)
            ? new Viewer(true, await context.RolesOfAsync(account, cancellationToken), await groups.OfAccountAsync(account, cancellationToken), inRooms, Now)
            : new Viewer(false, [], [], inRooms, Now);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<IReadOnlyList<string>> RoomsOfAsync(IPAddress? address, CancellationToken cancellationToken) =>
        address is null ? [] : await rooms.OfAddressAsync(address, cancellationToken);
}
