using System.Text;
using System.Text.RegularExpressions;
using Preserve.Catalog.Import;

namespace Preserve.Catalog.Ingest;

/// <summary>Kinds of carriers and forms of their content that a curator can choose. More than machines can boot: what nothing here can read is still kept.</summary>
public static partial class AcceptanceWords
{
    /// <summary>Beside floppies of any capacity.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        ["floppy-1440K", "floppy-720K", "floppy-1200K", "floppy-360K", "harddisk", "optical", "rom", "tape", "sdcard", "kernel", "files"];

    /// <summary>The first five can be booted. The others are kept as they are.</summary>
    public static readonly IReadOnlyList<string> Formats =
    [
        .. MediumKinds.Formats, "bin-cue", "ccd", "e01", "aff", "imd", "td0", "hfe", "scp", "woz", "kryoflux", "d64", "adf", "chd", "zip", "gzip", "xz", "other",
    ];

    public static bool IsKind(string kind) => Kinds.Contains(kind) || MediumKinds.FloppyCapacityInBytes(kind) is not null;

    /// <summary>Whether a machine can boot from it: one file, in a container it reads, on a carrier it has a bay for.</summary>
    public static bool IsBootable(AcceptanceMedium medium) =>
        medium.Files.Count == 1 && MediumKinds.Formats.Contains(medium.Format) && MediumKinds.BayKind(medium.Kind) is not null;

    /// <summary>What an id could be for a title: <c>Crème brûlée, 2nd disk</c> becomes <c>creme-brulee-2nd-disk</c>.</summary>
    public static string SuggestId(string title)
    {
        var plain = NotPlain().Replace(Accents().Replace(title.ToLowerInvariant().Normalize(NormalizationForm.FormD), ""), "-").Trim('-');
        return plain.Length > 64 ? plain[..64].TrimEnd('-') : plain;
    }

    /// <summary>How a packed file is kept, by its name; null for one that is not unpacked here.</summary>
    public static string? PackedFormat(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".zip" => "zip",
        ".gz" => "gzip",
        ".xz" => "xz",
        _ => null,
    };

    /// <summary>Whether a packed file holds a folder, such as a bag, and not one file.</summary>
    public static bool IsPackedFolder(string name) => PackedFormat(name) == "zip";

    // Once letters are taken apart: é is an e with a mark of its own.
    [GeneratedRegex(@"\p{Mn}+")]
    private static partial Regex Accents();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotPlain();
}
