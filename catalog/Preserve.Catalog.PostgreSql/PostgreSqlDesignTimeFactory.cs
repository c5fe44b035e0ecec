using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Preserve.Catalog.PostgreSql;

/// <summary>For dotnet-ef, which writes migrations and never opens this database.</summary>
internal sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<CatalogContext>
{
    public CatalogContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<CatalogContext>();
        PostgreSqlCatalog.Use(builder, "Host=localhost");
        return new CatalogContext(builder.Options);
    }
}
