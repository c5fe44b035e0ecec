using System.Globalization;
using Preserve.Catalog.Objects;

namespace Preserve.Web.Exhibits;

/// <summary>Says media as a label does: "one 1.44 MB floppy disk", "two hard disks of 1.1 and 2.1 MB".</summary>
public static class MediumWords
{
    private static readonly string[] _numbers =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>The family of a medium's kind; unknown kinds look like a chip.</summary>
    public static MediumFamily FamilyOf(string kind) => kind switch
    {
        "floppy-160K" or "floppy-180K" or "floppy-320K" or "floppy-360K" or "floppy-1200K" => MediumFamily.SoftFloppy,
        _ when kind.StartsWith("floppy", StringComparison.Ordinal) => MediumFamily.Floppy,
        "harddisk" => MediumFamily.HardDisk,
        "optical" => MediumFamily.Optical,
        "tape" => MediumFamily.Tape,
        _ => MediumFamily.Chip,
    };

    /// <summary>All of them in one phrase, in the order given; "no medium" for none.</summary>
    public static string Describe(IReadOnlyList<Medium> media)
    {
        if (media.Count == 0)
        {
            return "no medium: what is in the machine itself";
        }

        return Join([.. media
            .GroupBy(medium => medium.Kind)
            .Select(group => group.Key == "files" ? LooseFiles(group) : Describe(group.Key, [.. group.Select(LengthInBytes)]))]);
    }

    private static string LooseFiles(IEnumerable<Medium> media)
    {
        var count = media.Sum(medium => medium.Representations.Select(form => form.Files.Count).DefaultIfEmpty().Max());
        return $"{Count(count)} loose file{(count == 1 ? "" : "s")}";
    }

    private static string Describe(string kind, long[] lengths)
    {
        var many = lengths.Length > 1;
        var sizes = Join([.. lengths.Order().Select(Size).Distinct()]);
        return kind switch
        {
            "floppy-512B" => $"{Count(lengths.Length)} boot sector{(many ? "s" : "")} of 512 bytes",
            "floppy-1440K" => $"{Count(lengths.Length)} 1.44 MB floppy disk{(many ? "s" : "")}",
            "floppy-2880K" => $"{Count(lengths.Length)} 2.88 MB floppy disk{(many ? "s" : "")}",
            "floppy-1200K" => $"{Count(lengths.Length)} 1.2 MB floppy disk{(many ? "s" : "")}",
            _ when kind.StartsWith("floppy-", StringComparison.Ordinal) && kind.EndsWith('K')
                => $"{Count(lengths.Length)} {kind[7..^1]} KB floppy disk{(many ? "s" : "")}",
            _ when kind.StartsWith("floppy", StringComparison.Ordinal)
                => $"{Count(lengths.Length)} floppy disk{(many ? "s" : "")} of {sizes}",
            "harddisk" => $"{Count(lengths.Length)} hard disk{(many ? "s" : "")} of {sizes}",
            "optical" => $"{Count(lengths.Length)} compact disc{(many ? "s" : "")} of {sizes}",
            "kernel" => $"{Count(lengths.Length)} program{(many ? "s" : "")} of {sizes}, loaded by the machine itself",
            "ramdisk" => $"{Count(lengths.Length)} file system{(many ? "s" : "")} of {sizes}, loaded into memory",
            "tape" => $"{Count(lengths.Length)} tape{(many ? "s" : "")}",
            _ => $"{Count(lengths.Length)} {kind} of {sizes}",
        };
    }

    /// <summary>Decimal prefixes, as printed on the carriers' boxes, with at most two significant decimals.</summary>
    public static string Size(long lengthInBytes) => lengthInBytes switch
    {
        >= 1_000_000_000 => Round(lengthInBytes / 1e9) + " GB",
        >= 1_000_000 => Round(lengthInBytes / 1e6) + " MB",
        >= 1_000 => Round(lengthInBytes / 1e3) + " KB",
        _ => lengthInBytes.ToString(CultureInfo.InvariantCulture) + " bytes",
    };

    private static string Round(double value) =>
        value.ToString(value >= 10 ? "0" : "0.#", CultureInfo.InvariantCulture);

    private static string Count(int number) =>
        number < _numbers.Length ? _numbers[number] : number.ToString(CultureInfo.InvariantCulture);

    private static string Join(string[] parts) => parts.Length switch
    {
        1 => parts[0],
        _ => string.Join(", ", parts[..^1]) + " and " + parts[^1],
    };

    private static long LengthInBytes(Medium medium) =>
        medium.Representations.Where(representation => representation.IsAccessCopy).Take(1)
            .SelectMany(representation => representation.Files).Sum(file => file.LengthInBytes);
}
