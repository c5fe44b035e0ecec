using Preserve.Catalog.Formats;
using Preserve.Catalog.Probing;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Characterisation;

/// <summary>Finds out what a file is as a medium. Everything that reads the file does so in the sandbox. Safe for concurrent callers.</summary>
/// <remarks>
/// 1. The probe tells the format and reads the fixed places.
/// 2. A container (qcow2, VMDK, VHD, VDI, E01) is opened, and the disk inside is looked at in its place.
/// 3. Where the first sectors speak of partitions, The Sleuth Kit lists them.
/// 4. It looks for a file system in each, or on the whole disk; classic HFS and UDF are told by the fixed places.
/// 5. Of a floppy or disc, samples of the files on it are identified.
/// </remarks>
public sealed class Characteriser(ISandbox sandbox, Probe probe, SignatureStore signatures)
{
    private const int MostVolumesLookedFor = 16;

    private static readonly ToolLimits s_listing = new() { Timeout = TimeSpan.FromMinutes(2), OutputLengthInBytes = 64L * 1024 * 1024 };

    private readonly SleuthKit _sleuthKit = new(sandbox);
    private readonly HfsUtils _hfs = new(sandbox);
    private readonly ContainerOpener _containers = new(sandbox);
    private readonly ContentSampler _sampler = new(sandbox, probe, signatures);

    /// <exception cref="SandboxException">The sandbox could not be made, or cannot read the file.</exception>
    public async Task<MediumCharacterisation> LookAsync(ProbeFile file, bool isBackground, CancellationToken cancellationToken)
    {
        var (characterisation, opened) = await OpenAsync(file, isBackground, cancellationToken);
        using var disk = opened;
        return disk is not null && ContentSampler.IsWorthWhile(characterisation)
            ? characterisation with { Contents = await _sampler.SampleAsync(disk, characterisation, isBackground, cancellationToken) }
            : characterisation;
    }

    /// <summary>The files of every volume that can be browsed, with its volume.</summary>
    /// <exception cref="SandboxException">The sandbox could not be made, or cannot read the file.</exception>
    public async Task<(MediumCharacterisation Characterisation, IReadOnlyList<(VolumeFound Volume, FileListing Files)> Volumes)> ListAsync(
        ProbeFile file, CancellationToken cancellationToken)
    {
        var (characterisation, opened) = await OpenAsync(file, isBackground: false, cancellationToken);
        using var disk = opened;
        var volumes = new List<(VolumeFound, FileListing)>();
        foreach (var volume in disk is null ? [] : characterisation.Volumes.Where(volume => volume.Reader != VolumeReader.None))
        {
            var files = volume.Reader == VolumeReader.HfsUtils
                ? await _hfs.ListAsync(disk!, s_listing, cancellationToken)
                : FileListing.OfSleuthKit(await _sleuthKit.ListAsync(disk!, volume.OffsetInBytes, s_listing, cancellationToken));
            volumes.Add((volume, files));
        }

        return (characterisation, volumes);
    }

    /// <summary>Copies one file out of a volume, as bytes that mean nothing here.</summary>
    /// <param name="medium">Where it is.</param>
    /// <param name="file">Which.</param>
    /// <param name="output">Gets at most <paramref name="maximumLength"/> bytes.</param>
    /// <param name="maximumLength">In bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why not all of it was copied; empty when all was.</returns>
    /// <exception cref="SandboxException">The sandbox could not be made, or cannot read the medium.</exception>
    public async Task<string> CopyAsync(
        ProbeFile medium, FileToCopy file, Stream output, long maximumLength, CancellationToken cancellationToken)
    {
        if (!file.IsSound)
        {
            return $"'{file.Address}' at {file.VolumeOffset} is no address of a file; take one from the list of files.";
        }

        var (characterisation, opened) = await OpenAsync(medium, isBackground: false, cancellationToken);
        using var disk = opened;
        if (disk is null)
        {
            return characterisation.Container?.Problem ?? "The medium cannot be opened.";
        }

        var counted = new WriteCounter(output);
        var limits = new ToolLimits { Timeout = TimeSpan.FromMinutes(10), OutputLengthInBytes = maximumLength };
        var (outcome, exit) = await sandbox.RunAsync(
            SleuthKit.Content(disk, file.VolumeOffset, file.Address), limits, null, counted, cancellationToken);
        if (outcome != ToolOutcome.Finished || exit.ExitCode != 0)
        {
            return $"The file could not be copied: {outcome}, {Names.Safe(exit.StandardError.Trim())}";
        }

        return file.LengthInBytes is { } length && length != counted.Written
            ? $"The file system says the file has {length} bytes, but only {counted.Written} can be reached: it is damaged."
            : "";
    }

    private async Task<(MediumCharacterisation Characterisation, OpenedDisk? Disk)> OpenAsync(
        ProbeFile file, bool isBackground, CancellationToken cancellationToken)
    {
        var whole = await ProbeAsync(file, signatures.Current, isBackground, cancellationToken);
        var result = new MediumCharacterisation
        {
            Identification = whole.Identification,
            Facts = whole.Facts,
            Problems = [.. new[] { whole.Problem, whole.Identification.Problem }.Where(problem => problem.Length > 0)],
        };
        var disk = new OpenedDisk(file.HostPath, null);
        if (whole.Facts.Container != DiskContainerKind.None)
        {
            var (container, opened) = await _containers.OpenAsync(file.HostPath, whole.Facts.Container, cancellationToken);
            result = result with { Container = container };
            if (opened is null)
            {
                return (result with { Problems = [.. result.Problems, container.Problem] }, null);
            }

            disk = opened;
        }

        try
        {
            return (await LookInsideAsync(result, disk, isBackground, cancellationToken), disk);
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    private async Task<MediumCharacterisation> LookInsideAsync(
        MediumCharacterisation result, OpenedDisk disk, bool isBackground, CancellationToken cancellationToken)
    {
        if (result.Container is not null)
        {
            var inside = await ProbeAsync(new ProbeFile(disk.HostPath, "disk"), SignatureFiles.None, isBackground, cancellationToken);
            result = result with { Facts = inside.Facts };
        }

        var facts = result.Facts;
        if (!facts.IsDisk)
        {
            return result;
        }

        var hasTable = facts.PcPartitions.Count > 0 || facts.SunLabel is not null || facts.Macintosh?.PartitionTypes.Count > 0;
        var partitions = hasTable ? await _sleuthKit.PartitionsAsync(disk, cancellationToken) : [];
        var volumes = new List<VolumeFound>();
        foreach (var offset in partitions.Select(partition => partition.OffsetInBytes).Prepend(0).Distinct().Take(MostVolumesLookedFor))
        {
            if (await _sleuthKit.VolumeAsync(disk, offset, cancellationToken) is { } volume)
            {
                volumes.Add(volume);
            }
        }

        return result with { Partitions = partitions, Volumes = [.. volumes, .. ByFacts(facts, volumes)] };
    }

    private async Task<ProbeResult> ProbeAsync(ProbeFile file, SignatureFiles files, bool isBackground, CancellationToken cancellationToken) =>
        (await probe.LookAsync([file], files, isBackground, cancellationToken))[0];

    /// <summary>File systems that The Sleuth Kit does not know.</summary>
    private static IEnumerable<VolumeFound> ByFacts(MediumFacts facts, List<VolumeFound> known)
    {
        if (facts.Macintosh is { FileSystem: MacintoshFileSystem.Hfs or MacintoshFileSystem.Mfs } mac)
        {
            var isHfs = mac.FileSystem == MacintoshFileSystem.Hfs;
            yield return new VolumeFound(isHfs ? "HFS" : "MFS", mac.VolumeName, mac.FileSystemOffset, isHfs ? VolumeReader.HfsUtils : VolumeReader.None);
        }

        if (facts.Disc is { IsUdf: true } disc)
        {
            yield return new VolumeFound("UDF", disc.VolumeId, 0, VolumeReader.None);
        }

        if (facts.Disc is { IsIso9660: true } raw && known.TrueForAll(volume => volume.FileSystem != "ISO9660"))
        {
            yield return new VolumeFound("ISO9660", raw.VolumeId, 0, VolumeReader.None);
        }
    }
}
