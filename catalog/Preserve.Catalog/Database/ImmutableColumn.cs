using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Preserve.Catalog.Database;

/// <summary>Columns that say what was once true and so never change.</summary>
internal static class ImmutableColumn
{
    /// <summary>Saving a changed value throws.</summary>
    public static void IsImmutable(this PropertyBuilder property) =>
        property.Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Throw);
}
