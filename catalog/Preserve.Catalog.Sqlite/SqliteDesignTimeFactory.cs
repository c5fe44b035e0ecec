using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Preserve.Catalog.Sqlite;

/// <summary>For dotnet-ef, which writes migrations and never opens this database.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<CatalogContext>
{
    public CatalogContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<CatalogContext>();
        SqliteCatalog.Use(builder, ":memory:");
        return new CatalogContext(builder.Options);
    }
}
