namespace Preserve.Catalog.Bags;

/// <summary>In what the versions of the BagIt specification differ: the drafts from 0.93 to 0.97, and RFC 8493 (1.0).</summary>
internal sealed record BagRules(Version Version)
{
    private static readonly Version[] Known = [new(0, 93), new(0, 94), new(0, 95), new(0, 96), new(0, 97), new(1, 0)];

    private bool IsRfc => Version >= new Version(1, 0);

    /// <summary>Section 2.1.3 of the RFC: each payload manifest lists every payload file. Before, some manifest did.</summary>
    public bool EveryManifestListsAll => IsRfc;

    /// <summary>Before the RFC the same line twice did no harm.</summary>
    public bool MayRepeatLines => !IsRfc;

    /// <summary>Lines of <c>md5sum --binary</c> have an asterisk before the path.</summary>
    public bool AllowsAsterisk => !IsRfc;

    /// <summary>The RFC writes <c>%25</c> for a percent sign; before, only line ends were encoded.</summary>
    public bool EncodesPercent => IsRfc;

    /// <summary>The RFC wants <c>Label: value</c> exactly; before, there could be white space before the colon.</summary>
    public bool IsStrictAboutWhitespace => IsRfc;

    /// <summary>Section 2.2.1 of the RFC.</summary>
    public bool TagManifestsListPayloadManifests => IsRfc;

    /// <summary>The file that describes the bag; <c>package-info.txt</c> in the first drafts.</summary>
    public string InfoFile => Version <= new Version(0, 95) ? "package-info.txt" : "bag-info.txt";

    /// <summary>Null for a version that no specification has.</summary>
    public static BagRules? Of(Version version) => Known.Contains(version) ? new BagRules(version) : null;
}
