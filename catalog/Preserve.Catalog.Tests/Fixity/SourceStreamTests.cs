using Preserve.Catalog.SecondRoots;

namespace Preserve.Catalog.Tests.Fixity;

public sealed class SourceStreamTests
{
    [Fact]
    public async Task A_disk_that_fails_while_reading_is_told_as_damage_of_the_source()
    {
        await using var source = new SourceStream(new BadDisk(), "v1/content/disk.img");

        var problem = await Assert.ThrowsAsync<InvalidDataException>(async () => await source.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken));

        Assert.Equal("v1/content/disk.img cannot be read in the first root: Input/output error", problem.Message);
        Assert.Throws<InvalidDataException>(() => SourceStream.Read<int>("x", () => throw new UnauthorizedAccessException()));
        Assert.Throws<FileNotFoundException>(() => SourceStream.Read<int>("x", () => throw new FileNotFoundException()));
    }

    private sealed class BadDisk : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("Input/output error");
    }
}
