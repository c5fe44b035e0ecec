using Microsoft.Data.Sqlite;

namespace Preserve.Web.Tests.Running;

/// <summary>A folder that is gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("preserve-web-").FullName;

    public void Dispose()
    {
        // Pooled connections keep the database's files open.
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
