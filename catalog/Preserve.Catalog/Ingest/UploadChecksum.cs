using System.Security.Cryptography;

namespace Preserve.Catalog.Ingest;

/// <summary>What a client says a piece's checksum is (tus 1.0, extension checksum).</summary>
public sealed record UploadChecksum
{
    /// <summary>The server must support sha1; the others are the digests we make anyway.</summary>
    public static readonly IReadOnlyList<string> Algorithms = ["sha1", "sha256", "sha512", "md5"];

    private UploadChecksum(HashAlgorithmName algorithm, byte[] value)
    {
        Algorithm = algorithm;
        Value = value;
    }

    internal HashAlgorithmName Algorithm { get; }

    internal byte[] Value { get; }

    /// <summary>Null for an algorithm that is none of <see cref="Algorithms"/>, or a value that is no base64.</summary>
    public static UploadChecksum? Parse(string header)
    {
        var parts = header.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        HashAlgorithmName? algorithm = parts is [var name, _]
            ? name switch
            {
                "sha1" => HashAlgorithmName.SHA1,
                "sha256" => HashAlgorithmName.SHA256,
                "sha512" => HashAlgorithmName.SHA512,
                "md5" => HashAlgorithmName.MD5,
                _ => null,
            }
            : null;
        var value = new byte[64];
        return algorithm is { } known && Convert.TryFromBase64String(parts[1], value, out var length)
            ? new UploadChecksum(known, value[..length])
            : null;
    }
}
