using Npgsql;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.PostgreSql;

/// <summary>An advisory lock of the database, held by a connection of its own. The server gives it back when that connection ends.</summary>
internal sealed class PostgreSqlMigrationLock(CatalogOptions options) : IMigrationLock
{
    // Any constant that no other user of the database takes: "preserve" in ASCII.
    private const long Key = 0x7072_6573_6572_7665;

    public async Task<IAsyncDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        // Not pooled, so that disposing ends it at the server as well.
        var settings = new NpgsqlConnectionStringBuilder(options.PostgreSqlConnectionString) { Pooling = false };
        var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(@key)", connection);
            command.Parameters.AddWithValue("key", Key);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
