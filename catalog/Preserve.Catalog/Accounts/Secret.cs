using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Preserve.Catalog.Accounts;

/// <summary>A random word that is said once and kept as a digest: API tokens, one-time links, session keys, watch links.</summary>
public static class Secret
{
    private const int LengthInBytes = 32;

    /// <summary>256 random bits in base64url.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(LengthInBytes));

    /// <summary>What is kept of it: SHA-256 of its characters, lower-case hexadecimal. A plain digest will do: nobody guesses 256 bits.</summary>
    public static string Digest(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a secret has this digest. Takes the same time for every secret of a length.</summary>
    public static bool Matches(string secret, string digest) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Digest(secret)), Encoding.ASCII.GetBytes(digest));
}
