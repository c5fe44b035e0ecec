using Preserve.Emulation.Display;
using Preserve.Workers.Frames;

namespace Preserve.Workers.Tests.Frames;

/// <summary>A screen, an encoder that follows it, and a decoder that is fed by the encoder.</summary>
internal sealed class FramePair : IDisposable
{
    private readonly DamageTracker _tracker;
    private readonly FrameCopy _copy = new();

    public FramePair(FrameEncoderOptions? options = null)
    {
        Encoder = new FrameEncoder(options ?? new FrameEncoderOptions());
        _tracker = Screen.Track();
    }

    public Framebuffer Screen { get; } = new();

    public FrameEncoder Encoder { get; }

    public FrameDecoder Decoder { get; } = new();

    /// <summary>The last sketch, whatever came after it.</summary>
    public Sketch? Sketch { get; private set; }

    /// <summary>Every blob so far.</summary>
    public List<byte[]> Blobs { get; } = [];

    /// <summary>Encodes what changed and decodes it. Returns the bytes it took.</summary>
    public int Send(bool keyframe = false, int budget = int.MaxValue)
    {
        _tracker.TryTake(_copy);
        var blobs = new List<byte[]>();
        var length = Encoder.Encode(_copy, keyframe, budget, blobs);
        foreach (var blob in blobs)
        {
            Decoder.Decode(blob);
            Sketch = Decoder.Sketch ?? Sketch;
        }

        Blobs.AddRange(blobs);
        return length;
    }

    public void AssertSame()
    {
        Assert.Equal((_copy.Width, _copy.Height), (Decoder.Width, Decoder.Height));
        Assert.True(_copy.Pixels.AsSpan().SequenceEqual(Decoder.Pixels), "The viewer sees another picture.");
    }

    public void Dispose() => _tracker.Dispose();
}
