using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;

namespace Preserve.Web.Accounts;

/// <summary>Tells whoever starts a house that nobody administers how to become its first administrator.</summary>
public sealed class FirstAdministrator(IDbContextFactory<CatalogContext> contexts, OneTimeLinks links)
{
    /// <summary>Prints a link that works until it is used or the service starts again; nothing once there is an administrator.</summary>
    /// <param name="address">Where the service is open.</param>
    /// <param name="output">Standard output: whoever reads it runs the house.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task InviteAsync(string address, TextWriter output, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.HasAdministratorAsync(cancellationToken))
        {
            var path = await links.CreateAsync(LinkPurpose.Setup, accountId: null, cancellationToken);
            await output.WriteLineAsync($"Set up the first administrator at {address.TrimEnd('/')}{path}");
        }
    }
}
