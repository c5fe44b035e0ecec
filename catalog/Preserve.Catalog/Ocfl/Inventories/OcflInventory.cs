using Preserve.Catalog.Digests;

namespace Preserve.Catalog.Ocfl.Inventories;

/// <summary>An inventory (section 3.5): which content an object has, and what each of its versions looked like.</summary>
public sealed class OcflInventory
{
    public const string FileName = "inventory.json";
    public const string DefaultContentDirectory = "content";

    /// <summary>Empty where the inventory gives none.</summary>
    public string Id { get; set; } = "";

    /// <summary>The release that <c>type</c> names; null when it names none.</summary>
    public OcflRelease? Release { get; set; } = OcflRelease.OneOne;

    /// <summary>Empty where the inventory gives none.</summary>
    public string DigestAlgorithm { get; set; } = DigestNames.Sha512;

    /// <summary>Name of the newest version; empty where the inventory gives none.</summary>
    public string Head { get; set; } = "";

    /// <summary>Null where the inventory names none: then it is <see cref="DefaultContentDirectory"/>.</summary>
    public string? NamedContentDirectory { get; set; }

    public string ContentDirectory => NamedContentDirectory ?? DefaultContentDirectory;

    /// <summary>Content paths, relative to the object, by digest as it is written.</summary>
    public Dictionary<string, List<string>> Manifest { get; set; } = new(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public Dictionary<string, OcflVersion> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>By algorithm: content paths by digest.</summary>
    public Dictionary<string, Dictionary<string, List<string>>> Fixity { get; } = new(StringComparer.Ordinal);

    /// <summary>Name of the file beside the inventory that holds its digest (section 3.6).</summary>
    public string SidecarName => $"{FileName}.{DigestAlgorithm}";
}

/// <summary>One version of an object (section 3.5.3).</summary>
public sealed class OcflVersion
{
    /// <summary>As it is written, by RFC 3339; empty where the inventory gives none.</summary>
    public string Created { get; set; } = "";

    public string? Message { get; set; }

    public string? UserName { get; set; }

    public string? UserAddress { get; set; }

    /// <summary>Logical paths by digest as it is written.</summary>
    public Dictionary<string, List<string>> State { get; set; } = new(StringComparer.Ordinal);
}
