using System.Globalization;
using Preserve.Sandbox;
using Preserve.Sandbox.Hostile;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Characterisation;

/// <summary>
/// Gets the disk out of a container, as raw sectors in a folder that only this use has. The format is the one that the file's own mark says;
/// what refers to another file is refused.
/// </summary>
internal sealed class ContainerOpener(ISandbox sandbox)
{
    /// <summary>Largest disk that is unpacked to be looked into, in bytes.</summary>
    public const long LongestDisk = 16L << 30;

    private const string Output = "/raw";
    private const string ExpertWitnessInside = "/input/image.E01";
    private const string ExpertWitnessTool = "/usr/bin/ewfexport";
    private const string OpenedName = "disk";
    private const string ExportedName = "disk.raw";

    private static readonly ToolLimits s_limits = new() { Timeout = TimeSpan.FromMinutes(30), OutputLengthInBytes = 1 << 20 };

    /// <returns>What the container is, and the disk where it could be opened.</returns>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<(DiskContainer Container, OpenedDisk? Disk)> OpenAsync(string hostPath, DiskContainerKind kind, CancellationToken cancellationToken)
    {
        if (kind == DiskContainerKind.ExpertWitness)
        {
            return await ExtractAsync(kind, LongestDisk, ExportedName, ExpertWitnessTool,
                ["-u", "-q", "-f", "raw", "-S", "0", "-t", $"{Output}/{OpenedName}", ExpertWitnessInside],
                new SandboxMount(hostPath, ExpertWitnessInside), cancellationToken);
        }

        var image = new SandboxMount(hostPath, OpenedDisk.Inside);
        var inspection = await sandbox.InspectImageAsync(image, Driver(kind), cancellationToken);
        if (inspection.Verdict != ImageVerdict.Sound)
        {
            return (new DiskContainer(kind, 0, inspection.Message), null);
        }

        if (inspection.GuestLengthInBytes > LongestDisk)
        {
            return (new DiskContainer(kind, inspection.GuestLengthInBytes, string.Create(CultureInfo.InvariantCulture,
                $"The disk inside has {inspection.GuestLengthInBytes} bytes; up to {LongestDisk} are unpacked to be looked into.")), null);
        }

        return await ExtractAsync(kind, inspection.GuestLengthInBytes, OpenedName, DiskImageTool.Program,
            ["convert", "-U", "-f", Driver(kind), "-O", "raw", OpenedDisk.Inside, $"{Output}/{OpenedName}"], image, cancellationToken);
    }

    private async Task<(DiskContainer Container, OpenedDisk? Disk)> ExtractAsync(
        DiskContainerKind kind, long longest, string name, string program, string[] arguments, SandboxMount image, CancellationToken cancellationToken)
    {
        var folder = Path.Combine("/var/tmp", $"preserve-disk-{Guid.NewGuid():N}");
        sandbox.CreatePrivateFolder(folder);
        var disk = new OpenedDisk(Path.Combine(folder, name), folder);
        try
        {
            var spec = new SandboxSpec
            {
                Name = "unpack-disk",
                Program = program,
                Arguments = arguments,
                Environment = ToolBounds.Environment,
                ReadOnlyMounts = [image],
                PrivateFolder = new SandboxMount(folder, Output),
                Bounds = ToolBounds.Reading with
                {
                    ProcessorTime = TimeSpan.FromMinutes(20),
                    Processes = 32,
                    FileLengthInBytes = longest,
                    PrivateFolderLengthInBytes = longest + (1 << 20),
                },
                Filter = SandboxFilter.Ours,
                IsBackground = true,
            };
            var result = await sandbox.RunAsync(spec, s_limits, null, cancellationToken);
            if (!result.IsSuccess)
            {
                disk.Dispose();
                return (new DiskContainer(kind, 0, $"The disk inside could not be unpacked: {result.Describe()}"), null);
            }

            // What a sandbox made is a regular file, or it is nothing.
            await using var made = HostileFile.OpenRead(folder, name, longest);
            return (new DiskContainer(kind, made.Length, ""), disk);
        }
        catch (HostileFileException problem)
        {
            disk.Dispose();
            return (new DiskContainer(kind, 0, $"The disk inside could not be unpacked: {problem.Message}"), null);
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    private static string Driver(DiskContainerKind kind) => kind switch
    {
        DiskContainerKind.Qcow2 => "qcow2",
        DiskContainerKind.Vmdk => "vmdk",
        DiskContainerKind.Vhd => "vpc",
        DiskContainerKind.Vdi => "vdi",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such container."),
    };
}
