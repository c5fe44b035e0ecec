using Preserve.Workers.Frames;

namespace Preserve.Workers.Streaming;

/// <summary>
/// One viewer of one machine's screen, as the groups see it: what it is given, what it has acknowledged, whether it looks. Moves from one
/// <see cref="FrameGroup"/> to another. Safe for concurrent use but for what is marked otherwise.
/// </summary>
internal sealed class FrameViewer : IAsyncDisposable
{
    /// <summary>Less credit than this is not worth a blob, in bytes.</summary>
    public const int LeastCredit = 1024;

    private const int MostDoublings = 5;

    // How long a viewer that fell behind must keep up before it joins others again; doubled each time, up to about a minute.
    private static readonly TimeSpan s_probation = TimeSpan.FromSeconds(2);

    private readonly ScreenStream _stream;
    private readonly Func<byte[], CancellationToken, Task> _send;
    private readonly TimeProvider _time;
    private readonly CreditWindow _credit;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _sending = Task.CompletedTask;
    private long _fellBehindAt;
    private int _timesBehind;
    private uint _lastSequence;
    private volatile bool _isVisible;
    private volatile bool _isLeaving;
    private volatile bool _isKeyframeWanted = true;

    /// <param name="stream">Of the machine.</param>
    /// <param name="isVisible">Whether it looks now.</param>
    /// <param name="send">Hands one blob over, which is shared with other viewers and must not be changed. Calls may overlap; their order counts.</param>
    /// <param name="failed">Told when nothing more will come because of a fault of ours.</param>
    /// <param name="time">Clock of the credit.</param>
    public FrameViewer(ScreenStream stream, bool isVisible, Func<byte[], CancellationToken, Task> send, Action<Exception> failed, TimeProvider time)
    {
        (_stream, _isVisible, _send, Failed, _time) = (stream, isVisible, send, failed, time);
        _credit = new CreditWindow(time);
    }

    /// <summary>Where its blobs come from; null while it gets none. Written by the stream under its lock.</summary>
    public FrameGroup? Group { get; set; }

    public Action<Exception> Failed { get; }

    public bool IsVisible => _isVisible;

    public bool IsLeaving => _isLeaving;

    public bool IsKeyframeWanted => _isKeyframeWanted;

    /// <summary>What the sketches of one picture are to take: about twelve a second on a full line.</summary>
    public int SketchLength => _credit.Size / 3;

    /// <summary>Bytes it may be given now; 0 for too little to be worth while.</summary>
    public int Credit => _credit.Available is >= LeastCredit and var available ? available : 0;

    /// <summary>Whether it takes what it is given so well that it may share with others.</summary>
    public bool KeepsUp =>
        _credit.Available >= _credit.Size / 2
        && (_timesBehind == 0 || _time.GetElapsedTime(_fellBehindAt) >= s_probation * (1 << Math.Min(_timesBehind - 1, MostDoublings)));

    /// <summary>False when no such blob was ever sent.</summary>
    public bool Acknowledge(uint sequence)
    {
        var isKnown = _credit.Acknowledge(sequence);
        _stream.Seat(this);
        return isKnown;
    }

    public void RequestKeyframe()
    {
        StartOver();
        _stream.Seat(this);
    }

    /// <summary>What it saw and what was on the way to it do not count any more.</summary>
    public void StartOver()
    {
        _credit.Forget();
        _isKeyframeWanted = true;
    }

    /// <summary>An encoder that takes nothing for granted but the sequence numbers this viewer has had. While no group sends to it.</summary>
    public FrameEncoder NewEncoder() => new(new FrameEncoderOptions(MotionClock: _time), _lastSequence);

    public void SetVisible(bool isVisible)
    {
        _isVisible = isVisible;
        _stream.Seat(this);
    }

    /// <summary>It has no credit while others go on. For its group's loop.</summary>
    public void FellBehind()
    {
        _fellBehindAt = _time.GetTimestamp();
        _timesBehind++;
    }

    /// <summary>Whether it wants a keyframe, which comes now: a wish after this asks for another one. For its group's loop.</summary>
    public bool TakeKeyframeWish()
    {
        var isWanted = _isKeyframeWanted;
        _isKeyframeWanted = false;
        return isWanted;
    }

    /// <summary>Sends a blob without waiting until it is sent: how many may be on the way is the credit's matter. For its group's loop.</summary>
    public void Give(byte[] blob, uint sequence)
    {
        _lastSequence = sequence;
        _credit.Sent(sequence, blob.Length);
        var sending = _send(blob, _ending.Token);
        if (!sending.IsCompletedSuccessfully || !_sending.IsCompletedSuccessfully)
        {
            _sending = FinishAsync(_sending, sending);
        }
    }

    /// <summary>Nothing is given any more. For the stream.</summary>
    public void LetGo() => _letGo.TrySetResult();

    /// <summary>Leaves, and waits until nothing is sent any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        await _ending.CancelAsync();
        _stream.Seat(this);
        await _letGo.Task;
        await _sending;
        _ending.Dispose();
    }

    private async Task FinishAsync(Task before, Task sending)
    {
        await before;
        try
        {
            await sending;
        }
        catch (OperationCanceledException)
        {
            // It left, or its connection has gone: nobody waits for the blob.
        }
        catch (Exception e)
        {
            // The boundary of this viewer: its connection ends, and others go on.
            Failed(e);
        }
    }
}
