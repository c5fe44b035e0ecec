using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Preserve.Catalog.Accounts;

/// <summary>A random word that is said once and kept as a digest: API tokens and one-time links.</summary>
internal static class Secret
{
    private const int LengthInBytes = 32;

    /// <summary>256 random bits in base64url.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(LengthInBytes));

    /// <summary>What is kept of it. A plain digest will do: nobody guesses 256 bits.</summary>
    public static string Digest(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
