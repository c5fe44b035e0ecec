namespace Preserve.Catalog.Ocfl.Validation;

/// <summary>Names in the OCFL extensions repository.</summary>
internal static class RegisteredExtensions
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "initial",
        "0001-digest-algorithms",
        "0002-flat-direct-storage-layout",
        "0003-hash-and-id-n-tuple-storage-layout",
        "0004-hashed-n-tuple-storage-layout",
        "0005-mutable-head",
        "0006-flat-omit-prefix-storage-layout",
        "0007-n-tuple-omit-prefix-storage-layout",
        "0008-schema-registry",
        "0009-digest-algorithms",
        "0010-differential-n-tuple-omit-prefix-storage-layout",
        "0011-direct-clean-path-layout",
        "0012-hash-and-no-prefix-id-n-tuple-storage-layout",
    };

    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Checks a folder of extensions, of an object (section 3.9) or of a storage root (section 4.4).</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="path">How findings name it.</param>
    /// <param name="stray">The code for anything but the folder of an extension.</param>
    /// <param name="unregistered">The code for an extension that is not registered.</param>
    /// <param name="findings">Gets what is wrong.</param>
    public static void Check(string folder, string path, string stray, string unregistered, OcflFindings findings)
    {
        var listing = ListedFolder.Read(folder);
        foreach (var name in listing.Files.Concat(listing.Links))
        {
            findings.Add(stray, $"{path}/{name}", "is not the directory of an extension");
        }

        foreach (var name in listing.Folders.Where(name => !Contains(name)))
        {
            findings.Add(unregistered, $"{path}/{name}", "should have the name of a registered extension");
        }
    }
}
