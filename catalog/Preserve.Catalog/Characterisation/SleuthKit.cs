using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Characterisation;

/// <summary>The Sleuth Kit's tools: partitions (<c>mmls</c>), file systems (<c>fsstat</c>), files (<c>fls</c>), content (<c>icat</c>).</summary>
internal sealed partial class SleuthKit(ISandbox sandbox)
{
    private const int SectorLength = 512;

    /// <summary>In the order of the table; empty where it finds none.</summary>
    public async Task<IReadOnlyList<Partition>> PartitionsAsync(OpenedDisk disk, CancellationToken cancellationToken)
    {
        var result = await RunAsync("/usr/bin/mmls", [OpenedDisk.Inside], disk, ToolBounds.ShortAnswer, cancellationToken);
        var text = Encoding.UTF8.GetString(result.Output.Span);
        var unit = UnitLine().Match(text) is { Success: true } match ? Number(match.Groups[1].Value) : SectorLength;
        return [.. PartitionLine().Matches(text).Take(MediumFacts.MostEntries).Select(line => new Partition(
            Number(line.Groups[1].Value) * unit, Number(line.Groups[2].Value) * unit, Names.Safe(line.Groups[3].Value.Trim())))];
    }

    /// <summary>The file system that begins at a place; null where it knows none there.</summary>
    public async Task<VolumeFound?> VolumeAsync(OpenedDisk disk, long offset, CancellationToken cancellationToken)
    {
        var result = await RunAsync("/usr/bin/fsstat", ["-o", Sector(offset), OpenedDisk.Inside], disk, ToolBounds.ShortAnswer, cancellationToken);

        // A large file system's answer is longer than is read; what counts stands at its beginning.
        if (!result.IsSuccess && result.Outcome != ToolOutcome.OutputTooLong)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(result.Output.Span);
        if (TypeLine().Match(text) is not { Success: true } type)
        {
            return null;
        }

        var label = LabelLine().Matches(text).Select(match => match.Groups[1].Value.Trim()).FirstOrDefault(value => value.Length > 0) ?? "";
        return new VolumeFound(Names.Safe(type.Groups[1].Value.Trim()), Names.Safe(label), offset, VolumeReader.SleuthKit);
    }

    /// <summary>Runs <c>fls</c> over a whole file system.</summary>
    public Task<ToolResult> ListAsync(OpenedDisk disk, long offset, ToolLimits limits, CancellationToken cancellationToken) =>
        RunAsync("/usr/bin/fls", ["-r", "-p", "-l", "-u", "-z", "UTC", "-o", Sector(offset), OpenedDisk.Inside], disk, limits, cancellationToken);

    /// <summary>What <c>icat</c> needs to be run for one file.</summary>
    /// <param name="disk">Where the file is.</param>
    /// <param name="offset">Of its file system.</param>
    /// <param name="address">As <c>fls</c> told it: digits and hyphens.</param>
    public static SandboxSpec Content(OpenedDisk disk, long offset, string address) =>
        Spec("/usr/bin/icat", ["-o", Sector(offset), OpenedDisk.Inside, address], disk);

    private Task<ToolResult> RunAsync(string program, string[] arguments, OpenedDisk disk, ToolLimits limits, CancellationToken cancellationToken) =>
        sandbox.RunAsync(Spec(program, arguments, disk), limits, null, cancellationToken);

    // The image is always said to be raw: nothing in it may make the tool take it for a container.
    private static SandboxSpec Spec(string program, string[] arguments, OpenedDisk disk) => new()
    {
        Name = Path.GetFileName(program),
        Program = program,
        Arguments = ["-i", "raw", .. arguments],
        Environment = ToolBounds.Environment,
        ReadOnlyMounts = [disk.Mount],
        Bounds = ToolBounds.Reading,
        Filter = SandboxFilter.Ours,
    };

    private static string Sector(long offset) => (offset / SectorLength).ToString(CultureInfo.InvariantCulture);

    private static long Number(string digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^Units are in (\d{1,5})-byte sectors", RegexOptions.Multiline)]
    private static partial Regex UnitLine();

    // 002:  000:000   0000000063   0000032255   0000032193   DOS FAT16 (0x04)
    [GeneratedRegex(@"^\d{3}:\s+\d[\d:]*\s+(\d{1,15})\s+\d{1,15}\s+(\d{1,15})\s+(.{0,200})$", RegexOptions.Multiline)]
    private static partial Regex PartitionLine();

    [GeneratedRegex(@"^File System Type: (.{1,40})$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(?:Volume Name|Volume Label \(Root Directory\)|Volume Label \(Boot Sector\)):(.{0,200})$", RegexOptions.Multiline)]
    private static partial Regex LabelLine();
}
