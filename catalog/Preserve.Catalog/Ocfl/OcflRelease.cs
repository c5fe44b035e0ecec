namespace Preserve.Catalog.Ocfl;

/// <summary>A release of the Oxford Common File Layout specification.</summary>
public enum OcflRelease
{
    /// <summary>OCFL 1.0.</summary>
    OneZero,

    /// <summary>OCFL 1.1: what Preserve writes.</summary>
    OneOne,
}

/// <summary>How each release names itself.</summary>
public static class OcflReleases
{
    private static readonly OcflRelease[] All = [OcflRelease.OneZero, OcflRelease.OneOne];

    public static string Number(this OcflRelease release) => release == OcflRelease.OneZero ? "1.0" : "1.1";

    /// <summary>The <c>type</c> of an inventory (section 3.5.1).</summary>
    public static string InventoryType(this OcflRelease release) => $"https://ocfl.io/{release.Number()}/spec/#inventory";

    /// <summary>What the declaration of an object says (section 3.2); its file is named <c>0=</c> and this.</summary>
    public static string ObjectDeclaration(this OcflRelease release) => $"ocfl_object_{release.Number()}";

    /// <summary>What the declaration of a storage root says (section 4.2).</summary>
    public static string RootDeclaration(this OcflRelease release) => $"ocfl_{release.Number()}";

    /// <summary>Null for a type that no release has.</summary>
    public static OcflRelease? FromInventoryType(string type) => Find(release => release.InventoryType() == type);

    /// <summary>Null when no release declares itself so.</summary>
    public static OcflRelease? FromObjectDeclaration(string declaration) => Find(release => release.ObjectDeclaration() == declaration);

    /// <summary>Null when no release declares itself so.</summary>
    public static OcflRelease? FromRootDeclaration(string declaration) => Find(release => release.RootDeclaration() == declaration);

    private static OcflRelease? Find(Func<OcflRelease, bool> predicate)
    {
        foreach (var release in All)
        {
            if (predicate(release))
            {
                return release;
            }
        }

        return null;
    }
}
