using System.Text.Json.Nodes;
using Preserve.Catalog.Probing;
using Preserve.Sandbox;
using Preserve.Sandbox.Hostile;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Characterisation;

/// <summary>One image of a chain of overlays.</summary>
/// <param name="Sha256">Its digest, and its name inside the sandbox.</param>
/// <param name="HostPath">Where storage keeps it.</param>
/// <param name="Format">raw, qcow2, vmdk, vhd or vdi.</param>
public sealed record ChainLink(string Sha256, string HostPath, string Format);

/// <summary>A disk put together out of a chain, as raw sectors. Disposing takes it away.</summary>
public sealed class ChainDisk : IDisposable
{
    private readonly OpenedDisk _disk;

    internal ChainDisk(OpenedDisk disk) => _disk = disk;

    /// <summary>For whoever looks at it.</summary>
    public ProbeFile File => new(_disk.HostPath, "disk");

    public void Dispose() => _disk.Dispose();
}

/// <summary>Puts a disk together out of overlays and what they lie on, in the sandbox. What a header names decides nothing: every link is said.</summary>
public sealed class ChainOpener(ISandbox sandbox)
{
    private const string Output = "/raw";
    private const string Name = "disk";

    private static readonly ToolLimits s_limits = new() { Timeout = TimeSpan.FromMinutes(30), OutputLengthInBytes = 1 << 20 };

    /// <param name="chain">Topmost first; the last is whole by itself.</param>
    /// <param name="cancellationToken">Leaves nothing.</param>
    /// <returns>The disk, or why there is none.</returns>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<(ChainDisk? Disk, string Problem)> OpenAsync(IReadOnlyList<ChainLink> chain, CancellationToken cancellationToken)
    {
        var folder = Path.Combine("/var/tmp", $"preserve-disk-{Guid.NewGuid():N}");
        sandbox.CreatePrivateFolder(folder);
        var disk = new OpenedDisk(Path.Combine(folder, Name), folder);
        try
        {
            var result = await sandbox.RunAsync(Spec(chain, folder), s_limits, null, cancellationToken);
            if (!result.IsSuccess)
            {
                disk.Dispose();
                return (null, $"The disk could not be put together: {result.Describe()}");
            }

            // What a sandbox made is a regular file, or it is nothing.
            await using var made = HostileFile.OpenRead(folder, Name, ContainerOpener.LongestDisk);
            return (new ChainDisk(disk), "");
        }
        catch (HostileFileException problem)
        {
            disk.Dispose();
            return (null, $"The disk could not be put together: {problem.Message}");
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    private static SandboxSpec Spec(IReadOnlyList<ChainLink> chain, string folder) => new()
    {
        Name = "unpack-disk",
        Program = DiskImageTool.Program,
        Arguments = ["convert", "-U", "-O", "raw", $"json:{Node(chain, 0).ToJsonString()}", $"{Output[1..]}/{Name}"],
        Environment = ToolBounds.Environment,
        ReadOnlyMounts = [.. chain.DistinctBy(link => link.Sha256).Select(link => new SandboxMount(link.HostPath, $"/media/{link.Sha256}"))],
        PrivateFolder = new SandboxMount(folder, Output),
        Bounds = ToolBounds.Reading with
        {
            ProcessorTime = TimeSpan.FromMinutes(20),
            Processes = 32,
            FileLengthInBytes = ContainerOpener.LongestDisk,
            PrivateFolderLengthInBytes = ContainerOpener.LongestDisk + (1 << 20),
        },
        Filter = SandboxFilter.Ours,
        IsBackground = true,
    };

    private static JsonObject Node(IReadOnlyList<ChainLink> chain, int depth)
    {
        var node = new JsonObject
        {
            ["driver"] = chain[depth].Format == "vhd" ? "vpc" : chain[depth].Format,
            ["file"] = new JsonObject { ["driver"] = "file", ["filename"] = $"media/{chain[depth].Sha256}", ["locking"] = "off" },
        };
        if (chain[depth].Format == "qcow2")
        {
            node["backing"] = depth + 1 < chain.Count ? Node(chain, depth + 1) : null;
        }

        return node;
    }
}
