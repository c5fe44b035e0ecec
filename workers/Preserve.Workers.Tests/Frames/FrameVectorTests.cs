namespace Preserve.Workers.Tests.Frames;

public sealed class FrameVectorTests
{
    [Theory]
    [MemberData(nameof(Names))]
    public void The_recorded_blobs_decode_to_the_recorded_pictures(string name)
    {
        var vector = FrameVectors.Read(name);
        Assert.Equal(vector.Seen, FrameVectors.SeenAfter(vector.Blobs));
    }

    [Fact]
    public void Vectors_are_made_anew_on_request()
    {
        if (Environment.GetEnvironmentVariable("PRESERVE_WRITE_VECTORS") != "1")
        {
            Assert.Skip("Set PRESERVE_WRITE_VECTORS=1 after a change of the format.");
        }

        FrameVectors.Write();
    }

    public static TheoryData<string> Names() => [.. FrameVectors.Names];
}
