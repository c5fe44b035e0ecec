using System.Text;
using Preserve.Catalog.Digests;

namespace Preserve.Catalog.Ocfl.Layouts;

/// <summary>Where in a storage root the object with an id lies, by one of the registered layout extensions.</summary>
public abstract record StorageLayout
{
    /// <summary>Registered name of the extension.</summary>
    public abstract string ExtensionName { get; }

    /// <summary>Path below the storage root, with slashes.</summary>
    public abstract string PathOf(string id);
}

/// <summary>Extension 0002: the id is the path.</summary>
public sealed record FlatLayout : StorageLayout
{
    public const string Name = "0002-flat-direct-storage-layout";

    public override string ExtensionName => Name;

    public override string PathOf(string id) => id;
}

/// <summary>
/// Extensions 0003 and 0004: folders of a few digits of the id's digest, then a folder with the id itself, percent-encoded (0003),
/// or with its digest (0004).
/// </summary>
/// <param name="DigestAlgorithm">Of <see cref="DigestNames"/>.</param>
/// <param name="TupleSize">Digits in a folder's name, 0 to 32.</param>
/// <param name="NumberOfTuples">Folders above each other, 0 to 32.</param>
/// <param name="ShowsId">0003, so that a person finds an object by eye.</param>
/// <param name="IsShort">0004 only: the last folder's name leaves out the digits that the folders above it have.</param>
public sealed record HashedLayout(
    string DigestAlgorithm = DigestNames.Sha256, int TupleSize = 3, int NumberOfTuples = 3, bool ShowsId = true, bool IsShort = false) : StorageLayout
{
    public const string NameWithId = "0003-hash-and-id-n-tuple-storage-layout";
    public const string NameWithDigest = "0004-hashed-n-tuple-storage-layout";

    private const int LongestEncodedId = 100;

    public override string ExtensionName => ShowsId ? NameWithId : NameWithDigest;

    public override string PathOf(string id)
    {
        var digest = Digest(id);
        var path = new StringBuilder();
        for (var tuple = 0; tuple < NumberOfTuples; tuple++)
        {
            path.Append(digest, tuple * TupleSize, TupleSize).Append('/');
        }

        var last = ShowsId ? Encode(id, digest) : digest[(IsShort ? TupleSize * NumberOfTuples : 0)..];
        return path.Append(last).ToString();
    }

    private string Digest(string id)
    {
        using var digest = RunningDigest.Create(DigestAlgorithm);
        var bytes = Encoding.UTF8.GetBytes(id);
        digest.Append(bytes, bytes.Length);
        return digest.Finish();
    }

    private static string Encode(string id, string digest)
    {
        var encoded = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(id))
        {
            _ = char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_'
                ? encoded.Append((char)octet)
                : encoded.Append('%').Append(Convert.ToHexStringLower([octet]));
        }

        return encoded.Length <= LongestEncodedId ? encoded.ToString() : $"{encoded.ToString(0, LongestEncodedId)}-{digest}";
    }
}
