using System.Security.Cryptography;
using System.Text;
using Preserve.Catalog.Digests;

namespace Preserve.Catalog.Tests.Digests;

public sealed class StreamDigestsTests
{
    private static readonly string[] All = [DigestNames.Md5, DigestNames.Sha1, DigestNames.Sha256, DigestNames.Sha512, DigestNames.Blake2b512];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 30_000)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData((3 * 1024 * 1024) + 17)]
    public async Task Every_digest_and_the_copy_are_those_of_the_whole_stream(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        using var copy = new MemoryStream();

        var read = await StreamDigests.ReadAsync(new Trickle(bytes), All, copy, long.MaxValue, Cancellation);

        Assert.Equal(length, read.LengthInBytes);
        Assert.Equal(bytes, copy.ToArray());
#pragma warning disable CA5350, CA5351 // Legacy manifests use them; nothing is secured by them.
        Assert.Equal(Convert.ToHexStringLower(MD5.HashData(bytes)), read.Digests[DigestNames.Md5]);
        Assert.Equal(Convert.ToHexStringLower(SHA1.HashData(bytes)), read.Digests[DigestNames.Sha1]);
#pragma warning restore CA5350, CA5351
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), read.Digests[DigestNames.Sha256]);
        Assert.Equal(Convert.ToHexStringLower(SHA512.HashData(bytes)), read.Digests[DigestNames.Sha512]);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_BLAKE2b_digest_is_that_of_RFC_7693()
    {
        var read = await StreamDigests.ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes("abc")), [DigestNames.Blake2b512], null, 3, Cancellation);

        Assert.Equal(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
            read.Digests[DigestNames.Blake2b512]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Reading_stops_one_byte_past_the_maximum()
    {
        var read = await StreamDigests.ReadAsync(new MemoryStream(new byte[5_000_000]), All, null, 2_000_000, Cancellation);

        Assert.Equal(2_000_001, read.LengthInBytes);
    }

    // Gives less than was asked for, as a network does.
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (int)(Position % 70_001))], cancellationToken);
    }
}
