using System.Security.Cryptography;

namespace Preserve.Catalog.Ingest;

/// <summary>The digests of one file, lower-case hexadecimal. The two old ones are for manifests of their time.</summary>
public sealed record FileDigests(string Sha256, string Sha512, string Sha1, string Md5);

/// <summary>Four digests of bytes that come piece by piece, in one pass. For one caller at a time.</summary>
internal sealed class FourDigests : IDisposable
{
    // Below it, handing a piece to another thread costs more than it gains.
    private const int WorthSharing = 64 * 1024;

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    /// <summary>How much has been taken in.</summary>
    public long LengthInBytes { get; private set; }

    /// <summary>Takes in a piece. SHA-512 and MD5 take about as long as the other two, which most processors help with: one thread for each pair.</summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> piece)
    {
        LengthInBytes += piece.Length;
        var wide = piece.Length < WorthSharing ? Append(piece, _sha512, _md5) : Task.Run(() => Append(piece, _sha512, _md5));
        await Append(piece, _sha256, _sha1);
        await wide;
    }

    public FileDigests Finish() => new(Hex(_sha256), Hex(_sha512), Hex(_sha1), Hex(_md5));

    public void Dispose()
    {
        _sha256.Dispose();
        _sha512.Dispose();
        _sha1.Dispose();
        _md5.Dispose();
    }

    private static Task Append(ReadOnlyMemory<byte> piece, IncrementalHash first, IncrementalHash second)
    {
        first.AppendData(piece.Span);
        second.AppendData(piece.Span);
        return Task.CompletedTask;
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
