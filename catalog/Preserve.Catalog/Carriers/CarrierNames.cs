using System.Globalization;

namespace Preserve.Catalog.Carriers;

/// <summary>
/// Names for files on a carrier: letters, digits, <c>-</c>, <c>_</c> and one dot, so that every file system takes them and none can be taken
/// for an option or a path by the tool that writes it.
/// </summary>
internal static class CarrierNames
{
    private const int LongestStem = 48;
    private const int LongestExtension = 8;

    /// <summary>The files in their order, each under a name that no other has in any case of letters.</summary>
    public static IReadOnlyList<CarrierFile> Unique(IEnumerable<CarrierFile> files)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. files.Select(file => file with { Name = Free(Safe(file.Name), taken) })];
    }

    internal static string Safe(string name)
    {
        var dot = name.LastIndexOf('.');
        var stem = Letters(dot > 0 ? name[..dot] : name, LongestStem);
        var extension = dot > 0 ? Letters(name[(dot + 1)..], LongestExtension) : "";
        return (stem.Length > 0 ? stem : "file") + (extension.Length > 0 ? "." + extension : "");
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}{extension}");
        }

        return free;
    }

    private static string Letters(string text, int longest)
    {
        var letters = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')).TrimStart('-');
        return letters.Length <= longest ? letters : letters[..longest];
    }
}
