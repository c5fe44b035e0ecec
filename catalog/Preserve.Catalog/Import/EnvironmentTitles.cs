using Preserve.Catalog.Environments;

namespace Preserve.Catalog.Import;

/// <summary>What a visitor reads over an exhibit whose manifest gives no title of its own.</summary>
internal static class EnvironmentTitles
{
    /// <summary>
    /// The environment's own title; else the object's; else, where the object has several environments, the object's and what sets
    /// this one apart: what it boots from, or the machine, or at last its id.
    /// </summary>
    public static string Of(ArchiveObject owner, ArchiveEnvironment environment, IReadOnlyDictionary<string, CatalogProfile> profiles)
    {
        if (environment.Title.Length > 0)
        {
            return environment.Title;
        }

        var others = owner.Environments.Where(other => other.Id != environment.Id).ToList();
        if (others.Count == 0)
        {
            return owner.Title;
        }

        var machine = profiles[environment.Id].Title;
        var apart = Medium(environment.Boot) is { } medium && others.All(other => other.Boot != environment.Boot) ? medium
            : others.All(other => profiles[other.Id].Title != machine) ? machine
            : environment.Id;
        var title = $"{owner.Title} ({apart})";
        return title.Length <= Database.ColumnLengths.Title ? title : owner.Title;
    }

    private static string? Medium(string boot) => boot switch
    {
        "floppy" => "floppy disk",
        "disk" => "hard disk",
        "optical" => "CD",
        _ => null,
    };
}
