namespace Preserve.Catalog.Digests;

/// <summary>
/// Digest algorithms by the names that OCFL (section 3.4) gives them: <c>md5</c>, <c>sha1</c>, <c>sha256</c>, <c>sha512</c>,
/// <c>blake2b-512</c>. BagIt (RFC 8493, section 2.4) writes the first four alike.
/// </summary>
public static class DigestNames
{
    public const string Md5 = "md5";
    public const string Sha1 = "sha1";
    public const string Sha256 = "sha256";
    public const string Sha512 = "sha512";
    public const string Blake2b512 = "blake2b-512";

    private static readonly Dictionary<string, int> HexLengths = new(StringComparer.Ordinal)
    {
        [Md5] = 32,
        [Sha1] = 40,
        [Sha256] = 64,
        [Sha512] = 128,
        [Blake2b512] = 128,
    };

    /// <summary>Whether <see cref="RunningDigest"/> can compute it.</summary>
    public static bool IsKnown(string algorithm) => HexLengths.ContainsKey(algorithm);

    /// <summary>Hexadecimal digits of a digest.</summary>
    /// <param name="algorithm">A known one.</param>
    public static int HexLength(string algorithm) => HexLengths[algorithm];

    /// <summary>Whether the text is a digest of the algorithm: hexadecimal in either case, of full length. True for an algorithm that is not known.</summary>
    public static bool IsWellFormed(string algorithm, string digest) =>
        !HexLengths.TryGetValue(algorithm, out var length) || (digest.Length == length && digest.All(char.IsAsciiHexDigit));
}
