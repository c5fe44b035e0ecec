using Preserve.Emulation.Display;
using Preserve.Workers.Frames;
using Preserve.Workers.Streaming;

namespace Preserve.Workers.Tests.Streaming;

/// <summary>A viewer without a connection: decodes what it is given, and acknowledges it unless told not to.</summary>
internal sealed class StreamViewer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly FrameDecoder _decoder = new();
    private readonly List<byte[]> _blobs = [];
    private readonly FrameViewer _viewer;
    private bool _isAcknowledging = true;
    private int _acknowledgementsUnderWay;

    public StreamViewer(ScreenStream stream, bool isVisible = true) => _viewer = stream.Join(isVisible, Receive, problem => Failure = problem);

    public Exception? Failure { get; private set; }

    public FrameViewer Frames => _viewer;

    /// <summary>The very arrays that were handed over.</summary>
    public IReadOnlyList<byte[]> Blobs
    {
        get
        {
            lock (_lock)
            {
                return [.. _blobs];
            }
        }
    }

    public int Bytes => Blobs.Sum(blob => blob.Length);

    /// <summary>Whether it sees a sketch somewhere.</summary>
    public bool IsSketched
    {
        get
        {
            lock (_lock)
            {
                return _decoder.IsSketched;
            }
        }
    }

    /// <summary>Keyframes that began with a black picture.</summary>
    public int WholeKeyframes => Blobs.Count(blob => (blob[0] & (FrameFormat.KeyframeFlag | FrameFormat.KeepsFlag)) == FrameFormat.KeyframeFlag);

    /// <summary>Whether all that it acknowledged has arrived. The clock may leap only then: to this viewer's line that would be a long delay.</summary>
    public bool HasBeenHeard => Volatile.Read(ref _acknowledgementsUnderWay) == 0;

    public bool Sees(Framebuffer screen)
    {
        var wanted = screen.Capture();
        lock (_lock)
        {
            return _decoder.IsLast && !_decoder.IsSketched && _decoder.Width == wanted.Width && _decoder.Height == wanted.Height && _decoder.Pixels.SequenceEqual(wanted.Pixels);
        }
    }

    /// <summary>How it stands, for the message of a test that fails.</summary>
    public string Describe(Framebuffer screen)
    {
        var wanted = screen.Capture();
        lock (_lock)
        {
            return $"[{_decoder.Width} x {_decoder.Height}, {_decoder.Pixels.ToArray().Where((pixel, i) => i < wanted.Pixels.Length && pixel != wanted.Pixels[i]).Count()} pixels differ, "
                + $"blob {_decoder.Sequence}{(_decoder.IsLast ? " last" : "")}, credit {_viewer.Credit}, keeps up {_viewer.KeepsUp}, visible {_viewer.IsVisible}, "
                + $"wants keyframe {_viewer.IsKeyframeWanted}, acknowledging {_isAcknowledging} ({_acknowledgementsUnderWay} under way), "
                + $"group of {_viewer.Group?.Size ?? 0}, {Failure?.ToString() ?? "no failure"}]";
        }
    }

    /// <summary>Acknowledges nothing more until <see cref="Resume"/>.</summary>
    public void Stall()
    {
        lock (_lock)
        {
            _isAcknowledging = false;
        }
    }

    public void Resume()
    {
        uint sequence;
        lock (_lock)
        {
            _isAcknowledging = true;
            sequence = _decoder.Sequence;
        }

        _viewer.Acknowledge(sequence);
    }

    public ValueTask DisposeAsync() => _viewer.DisposeAsync();

    // As a connection does: the acknowledgement comes later, from another thread.
    private Task Receive(byte[] blob, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _decoder.Decode(blob);
            _blobs.Add(blob);
            if (_isAcknowledging)
            {
                var sequence = _decoder.Sequence;
                Interlocked.Increment(ref _acknowledgementsUnderWay);
                Task.Run(() => Acknowledge(sequence), CancellationToken.None);
            }
        }

        return Task.CompletedTask;
    }

    private void Acknowledge(uint sequence)
    {
        _viewer.Acknowledge(sequence);
        Interlocked.Decrement(ref _acknowledgementsUnderWay);
    }
}
