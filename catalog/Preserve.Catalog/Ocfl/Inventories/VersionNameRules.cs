namespace Preserve.Catalog.Ocfl.Inventories;

/// <summary>How version directories are named and counted (section 3.3).</summary>
internal static class VersionNameRules
{
    /// <summary>Tells each name that is none, with the code of where it stands, and from 1.1 on with those of what is wrong in it.</summary>
    public static void Check(IEnumerable<string> names, OcflRelease release, string code, string words, Action<string, string> report)
    {
        foreach (var name in names.Where(name => OcflVersionName.TryParse(name) is null))
        {
            var text = $"{words} {InventoryJson.Shown(name)}, which is not 'v' and a positive number";
            report(code, text);
            if (release != OcflRelease.OneZero)
            {
                report(name.StartsWith('v') ? "E105" : "E104", text);
            }
        }
    }

    /// <summary>Tells gaps, and names that do not follow one convention. Names that are none are left out.</summary>
    public static void CheckSequence(IEnumerable<string> names, string what, Action<string, string> report)
    {
        var versions = names.Select(OcflVersionName.TryParse).OfType<OcflVersionName>().OrderBy(name => name.Number).ToList();
        if (versions.Count == 0)
        {
            return;
        }

        if (versions[0].Number != 1)
        {
            report("E009", $"{what} begin with {versions[0].Text} and not with 1");
        }

        foreach (var (before, after) in versions.Zip(versions.Skip(1)))
        {
            if (after.Number > before.Number + 1)
            {
                report("E010", $"{what} skip from {before.Text} to {after.Text}");
            }
        }

        CheckConvention(versions, what, report);
    }

    public static bool IsPadded(IEnumerable<string> names) => names.Any(name => OcflVersionName.TryParse(name) is { IsPadded: true });

    private static void CheckConvention(List<OcflVersionName> versions, string what, Action<string, string> report)
    {
        if (!versions.Any(name => name.IsPadded))
        {
            return;
        }

        var unpadded = versions.Where(name => !name.IsPadded).Select(name => name.Text).ToList();
        if (unpadded.Count > 0)
        {
            report("E011", $"{what} are padded with zeros, but {unpadded[0]} does not begin with 'v0'");
        }

        if (unpadded.Count > 0 || versions.Select(name => name.Text.Length).Distinct().Count() > 1)
        {
            report("E012", $"{what} do not follow one naming convention");
            report("E013", $"{what} do not follow the naming convention of the first version");
        }
    }
}
