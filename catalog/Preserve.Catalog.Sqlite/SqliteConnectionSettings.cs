using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Preserve.Catalog.Sqlite;

/// <summary>
/// Sets each opened connection up: a busy timeout, and write-ahead logging so that readers and the writer do not wait for each
/// other. Transactions need nothing: Microsoft.Data.Sqlite begins each with BEGIN IMMEDIATE, so none fails half-way for a lock.
/// </summary>
internal sealed class SqliteConnectionSettings(int busyTimeoutInSeconds) : DbConnectionInterceptor
{
    // The timeout first: another process may be switching the journal mode at this moment.
    private readonly string _commands = string.Create(
        CultureInfo.InvariantCulture,
        $"PRAGMA busy_timeout = {busyTimeoutInSeconds * 1000}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _commands;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = _commands;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
