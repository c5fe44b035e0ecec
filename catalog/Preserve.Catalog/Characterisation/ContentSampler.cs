using Preserve.Catalog.Formats;
using Preserve.Catalog.Probing;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Characterisation;

/// <summary>
/// Tells which formats the files on a floppy or disc have, so that software can be found that opens them. One file stands for all with its
/// extension: it is copied out in the sandbox, identified in the sandbox, and deleted.
/// </summary>
internal sealed class ContentSampler(ISandbox sandbox, Probe probe, SignatureStore signatures)
{
    private const int MostSamples = 32;
    private const int MostWithoutExtension = 4;
    private const long LongestSample = 16L << 20;
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly ToolLimits s_listing = new() { Timeout = TimeSpan.FromMinutes(1), OutputLengthInBytes = 16L << 20 };
    private static readonly ToolLimits s_copy = new() { Timeout = TimeSpan.FromMinutes(1), OutputLengthInBytes = LongestSample };

    private readonly SleuthKit _sleuthKit = new(sandbox);

    /// <summary>Hard disks hold systems, whose files say nothing about what would open them.</summary>
    public static bool IsWorthWhile(MediumCharacterisation medium) =>
        medium.Partitions.Count == 0 && medium.Volumes.Any(volume => volume.Reader == VolumeReader.SleuthKit);

    /// <summary>Formats with a PUID, those of most files first.</summary>
    public async Task<IReadOnlyList<ContentFound>> SampleAsync(
        OpenedDisk disk, MediumCharacterisation medium, bool isBackground, CancellationToken cancellationToken)
    {
        var volume = medium.Volumes.First(one => one.Reader == VolumeReader.SleuthKit);
        var listing = FileListing.OfSleuthKit(await _sleuthKit.ListAsync(disk, volume.OffsetInBytes, s_listing, cancellationToken));
        var samples = Choose(listing.Entries);
        var folder = Path.Combine("/var/tmp", $"preserve-samples-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, Passable);
        try
        {
            var copied = new List<(FileEntry Entry, int Count, ProbeFile File)>();
            foreach (var (number, (entry, count)) in samples.Index())
            {
                if (await CopyAsync(disk, volume.OffsetInBytes, entry, Path.Combine(folder, $"{number}"), cancellationToken) is { } file)
                {
                    copied.Add((entry, count, file));
                }
            }

            var found = copied.Count == 0 ? [] : await probe.LookAsync([.. copied.Select(one => one.File)], signatures.Current, isBackground, cancellationToken);
            return Formats(copied.Zip(found, (one, result) => (one.Entry, one.Count, result.Identification)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static IReadOnlyList<(FileEntry Entry, int Count)> Choose(IEnumerable<FileEntry> entries)
    {
        var files = entries.Where(entry => !entry.IsFolder && entry.LengthInBytes is > 0 and <= LongestSample && new FileToCopy(0, entry.Address, null).IsSound).ToList();
        var named = files.Where(entry => Path.GetExtension(entry.Path).Length > 1).GroupBy(entry => Path.GetExtension(entry.Path).ToUpperInvariant())
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.First(), group.Count()));
        var unnamed = files.Where(entry => Path.GetExtension(entry.Path).Length <= 1).Select(entry => (entry, 1)).Take(MostWithoutExtension);
        return [.. named.Take(MostSamples - MostWithoutExtension).Concat(unnamed)];
    }

    private async Task<ProbeFile?> CopyAsync(OpenedDisk disk, long offset, FileEntry entry, string path, CancellationToken cancellationToken)
    {
        await using (var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        {
            var (outcome, exit) = await sandbox.RunAsync(SleuthKit.Content(disk, offset, entry.Address), s_copy, null, output, cancellationToken);
            if (outcome != ToolOutcome.Finished || exit.ExitCode != 0)
            {
                return null;
            }
        }

        File.SetUnixFileMode(path, Storage.DurableFile.ReadOnlyMode);
        return new ProbeFile(path, Path.GetFileName(entry.Path));
    }

    private static List<ContentFound> Formats(IEnumerable<(FileEntry Entry, int Count, FileIdentification Identification)> samples) =>
    [
        .. samples.SelectMany(sample => sample.Identification.Matches.Where(match => match.Puid is not null)
                .Select(match => new ContentFound(match.Puid!, match.Name, match.Method, sample.Count, sample.Entry.Path)))
            .GroupBy(one => one.Puid).Select(group => group.First() with { Count = group.Sum(one => one.Count) })
            .OrderByDescending(one => one.Count).ThenBy(one => one.Puid, StringComparer.Ordinal).Take(MediumFacts.MostEntries),
    ];
}
