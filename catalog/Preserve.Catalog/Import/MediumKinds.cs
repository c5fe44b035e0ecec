using System.Globalization;
using System.Text.RegularExpressions;

namespace Preserve.Catalog.Import;

/// <summary>The kinds of media that a manifest can name, and what bays they fit.</summary>
internal static partial class MediumKinds
{
    /// <summary>Containers that a machine can boot from.</summary>
    public static readonly IReadOnlyList<string> Formats = ["raw", "qcow2", "vmdk", "vhd", "vdi"];

    private const int LargestFloppyInKiB = 2_880;

    /// <summary>Kind of the bay that takes it: floppy, harddisk, optical, kernel, ramdisk, sdcard. Null for an unknown kind.</summary>
    public static string? BayKind(string kind) => kind switch
    {
        "harddisk" or "optical" or "kernel" or "ramdisk" or "sdcard" => kind,
        _ => FloppyCapacityInBytes(kind) is null ? null : "floppy",
    };

    /// <summary>What a floppy of this kind holds; null when it is none. <c>floppy-1440K</c> is in KiB, <c>floppy-512B</c> in bytes.</summary>
    public static long? FloppyCapacityInBytes(string kind)
    {
        var match = Floppy().Match(kind);
        if (!match.Success)
        {
            return null;
        }

        var number = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var capacity = match.Groups[2].ValueSpan is "K" ? number * 1024L : number;
        return capacity <= LargestFloppyInKiB * 1024L ? capacity : null;
    }

    [GeneratedRegex("^floppy-([1-9][0-9]{0,5})([KB])\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Floppy();
}
