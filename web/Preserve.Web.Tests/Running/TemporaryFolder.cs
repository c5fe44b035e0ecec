using Microsoft.Data.Sqlite;

namespace Preserve.Web.Tests.Running;

/// <summary>A folder that is gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        // As a data folder must be: the user of the sandboxes passes through it.
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("preserve-web-").FullName;

    public void Dispose()
    {
        // Pooled connections keep the database's files open.
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
