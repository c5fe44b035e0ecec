using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Fixity;

/// <summary>What a repair looks at again once it has storage's turn: what was purged while it read must not come back.</summary>
internal static class RepairTurn
{
    public const string Gone = "the file is not in the catalog any more: it was purged meanwhile";

    /// <summary>Whether the catalog still has the file where it was, with the same digest.</summary>
    public static async Task<bool> IsStillThereAsync(this IDbContextFactory<CatalogContext> contexts, ContentLocation content, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ContentLocations.AnyAsync(one => one.Id == content.Id && one.Path == content.Path && one.Sha512 == content.Sha512, cancellationToken);
    }
}
