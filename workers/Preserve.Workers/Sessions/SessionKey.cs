using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Preserve.Workers.Sessions;

/// <summary>The secret that whoever starts a session gets: 256 random bits in base64url. Kept here as a digest only.</summary>
internal static class SessionKey
{
    private const int LengthInBytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(LengthInBytes));

    /// <summary>SHA-256 of the key's characters, lower-case hexadecimal.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether a key has this digest. Takes the same time for every key of a length.</summary>
    public static bool Matches(string key, string sha256) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(key)), Encoding.ASCII.GetBytes(sha256));
}
