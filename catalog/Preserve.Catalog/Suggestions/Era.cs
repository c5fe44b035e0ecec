using System.Globalization;
using Preserve.Catalog.Characterisation;

namespace Preserve.Catalog.Suggestions;

/// <summary>When a PC's medium was in use, where it says so.</summary>
/// <param name="Year">About when.</param>
/// <param name="IsCertain">Whether that alone is a reason to prefer a machine of that time to the general one.</param>
/// <param name="Reason">In words.</param>
internal sealed record Era(int Year, bool IsCertain, string Reason)
{
    /// <summary>Null where nothing is said.</summary>
    public static Era? Of(MediumToRun medium)
    {
        if (medium.Facts.BootSector is { } sector && OfFormatter(medium, sector) is { } era)
        {
            return era;
        }

        return medium.BayKind == "floppy" && medium.LengthInBytes is 163_840 or 184_320 or 327_680 or 368_640
            ? new Era(1982, false, $"{medium.Name} is a floppy disk of the first PCs.")
            : null;
    }

    private static Era? OfFormatter(MediumToRun medium, BootSector sector)
    {
        var name = sector.OemName;
        if (name.StartsWith("MSWIN4", StringComparison.Ordinal))
        {
            return new Era(1996, true, $"{medium.Name} was formatted by Windows 95 or 98.");
        }

        var isDos = name.StartsWith("MSDOS", StringComparison.Ordinal) || name.StartsWith("IBM ", StringComparison.Ordinal);
        if (!isDos || Version(name) is not { } version)
        {
            return null;
        }

        // "MSDOS5.0" is also what Windows wrote for decades, so it proves the least.
        return version < 4
            ? new Era(1985, true, $"{medium.Name} was formatted by DOS {version.ToString("0.0", CultureInfo.InvariantCulture)}.")
            : new Era(1991, version < 5, $"{medium.Name} was formatted by DOS {version.ToString("0.0", CultureInfo.InvariantCulture)} or a later system that says so.");
    }

    private static double? Version(string name) =>
        double.TryParse(name.AsSpan(Math.Min(5, name.Length)).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version) ? version : null;
}
