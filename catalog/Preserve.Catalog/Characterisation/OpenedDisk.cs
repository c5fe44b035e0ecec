using Preserve.Sandbox;

namespace Preserve.Catalog.Characterisation;

/// <summary>A disk as raw sectors: the file itself, or what was in its container. Disposing takes away what was made.</summary>
/// <param name="HostPath">Raw sectors.</param>
/// <param name="Folder">What is to be deleted; null for nothing.</param>
internal sealed record OpenedDisk(string HostPath, string? Folder) : IDisposable
{
    /// <summary>Where tools see it.</summary>
    public const string Inside = "/input/disk";

    public SandboxMount Mount => new(HostPath, Inside);

    public void Dispose()
    {
        if (Folder is not null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
