using Preserve.Emulation.Display;
using Preserve.Workers.Frames;

namespace Preserve.Workers.Streaming;

/// <summary>
/// Viewers of one screen who have been given the same blobs: damage -> copy -> encoder -> the same blobs for each. While nobody has credit,
/// damage merges. Its loop ends when its last viewer has left it, which whoever leaves waits for.
/// </summary>
internal sealed class FrameGroup(ScreenStream stream, DamageTracker damage, FrameEncoder encoder, IReadOnlyList<FrameViewer> viewers, TimeProvider time)
{
    /// <summary>Shortest time between two pictures: about sixty a second.</summary>
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(16);

    /// <summary>Shortest time between two times of beginning anew for others: it forgets what was learnt.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(2);

    private readonly FrameCopy _copy = new();

    // Wakes the loop when what was sketched has been still for long enough: the screen itself does not.
    private readonly ITimer _refinement = time.CreateTimer(_ => damage.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    private readonly List<byte[]> _blobs = [];

    // Filled and emptied under the stream's lock.
    private readonly List<FrameGroup> _arrivals = [];

    // Replaced as a whole by the loop; others read it.
    private volatile IReadOnlyList<FrameViewer> _viewers = viewers;
    private volatile bool _keepsUp;
    private long _lastPictureAt;
    private long _joinedAt;

    public IReadOnlyList<FrameViewer> Viewers => _viewers;

    public int Size => _viewers.Count;

    /// <summary>Knows what the viewers see. Belongs to the loop.</summary>
    public FrameEncoder Encoder => encoder;

    /// <summary>Whether another group may be handed over to this one now.</summary>
    public bool MayBeJoined => _keepsUp && (Volatile.Read(ref _joinedAt) is var at && (at == 0 || time.GetElapsedTime(at) >= s_rest));

    /// <summary>Nobody is here or on the way. Under the stream's lock.</summary>
    public bool IsDeserted => _viewers.Count == 0 && _arrivals.Count == 0;

    public void Start() => Task.Run(RunAsync);

    public void Wake() => damage.Wake();

    /// <summary>Another group, whose loop has ended, is to become part of this one. Under the stream's lock.</summary>
    public void Receive(FrameGroup group)
    {
        _arrivals.Add(group);
        Wake();
    }

    /// <summary>Who is on the way here. Under the stream's lock.</summary>
    public IReadOnlyList<FrameGroup> TakeArrivals()
    {
        FrameGroup[] arrivals = [.. _arrivals];
        _arrivals.Clear();
        return arrivals;
    }

    private async Task RunAsync()
    {
        try
        {
            do
            {
                await damage.WaitAsync(CancellationToken.None);
            }
            while (await ShowAsync());
        }
        catch (Exception e)
        {
            // The boundary of this group: other groups go on.
            stream.Fail(this, e);
        }
        finally
        {
            await _refinement.DisposeAsync();
            damage.Dispose();
        }
    }

    /// <summary>Sends what there is and fits. False when the group is no more.</summary>
    private async Task<bool> ShowAsync()
    {
        while (true)
        {
            Admit();
            PartWithThoseWhoLookAway();
            if (_viewers.Count == 0)
            {
                return !stream.TryClose(this);
            }

            if (_viewers.All(viewer => viewer.Credit == 0))
            {
                _keepsUp = false;
                return true;
            }

            await KeepPaceAsync();
            if (!damage.TryTake(_copy) && !encoder.HasPending && !_viewers.Any(viewer => viewer.IsKeyframeWanted))
            {
                AwaitRefinement();
                _keepsUp = encoder.HasPicture && encoder.IsExact && _viewers.All(viewer => viewer.KeepsUp);
                return !_keepsUp || !stream.TryHandOver(this);
            }

            PartWithTheLost();
            PartWithTheSlow();
            if (_viewers.Count > 0)
            {
                SendPart();
            }
        }
    }

    // Who comes is brought to the same picture first; then all begin anew on it together.
    private void Admit()
    {
        foreach (var arrival in stream.WhileNobodyComes(TakeArrivals))
        {
            if (!encoder.IsExact || !arrival.TryCatchUp(_copy))
            {
                stream.Begin(arrival.Encoder, arrival.Viewers);
                continue;
            }

            encoder.StartTogether(arrival.Encoder.Sequence);
            _viewers = [.. _viewers, .. arrival.Viewers];
            Volatile.Write(ref _joinedAt, time.GetTimestamp());
        }
    }

    /// <summary>Brings this group's viewers to another's picture, within their credit. For the other's loop, when this one's has ended.</summary>
    private bool TryCatchUp(FrameCopy copy)
    {
        encoder.DoubtAll();
        Encode(copy, isKeyframe: false);
        return encoder.IsExact;
    }

    private void PartWithThoseWhoLookAway()
    {
        if (_viewers.Any(HasNoEyes))
        {
            var gone = _viewers.Where(HasNoEyes).ToList();
            _viewers = [.. _viewers.Except(gone)];
            stream.Release(gone);
        }

        static bool HasNoEyes(FrameViewer viewer) => viewer.IsLeaving || !viewer.IsVisible;
    }

    // Alone it gets its keyframe here; others are not made to pay for it.
    private void PartWithTheLost()
    {
        if (_viewers.Count > 1 && _viewers.Any(viewer => viewer.IsKeyframeWanted))
        {
            var lost = _viewers.Where(viewer => viewer.IsKeyframeWanted).ToList();
            _viewers = [.. _viewers.Except(lost)];
            lost.ForEach(viewer => stream.Begin(viewer.NewEncoder(), [viewer]));
        }
    }

    private void PartWithTheSlow()
    {
        var slow = _viewers.Where(viewer => viewer.Credit == 0).ToList();
        if (slow.Count > 0 && slow.Count < _viewers.Count)
        {
            slow.ForEach(viewer => viewer.FellBehind());
            _viewers = [.. _viewers.Except(slow)];
            stream.Begin(encoder.Fork(), slow);
        }
    }

    private void SendPart()
    {
        Encode(_copy, isKeyframe: _viewers.Count == 1 && _viewers[0].TakeKeyframeWish());
        _lastPictureAt = time.GetTimestamp();
    }

    // A timer may be early: then there is nothing to send yet, and it is set once more.
    private void AwaitRefinement()
    {
        if (encoder.UntilRefinement is { } wait)
        {
            _refinement.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
        }
    }

    private void Encode(FrameCopy copy, bool isKeyframe)
    {
        // One blob's worth at a time: between two, who has no credit left goes its own way. (Credit can run out by the clock at any moment.)
        var budget = Math.Clamp(_viewers.Min(viewer => viewer.Credit), FrameViewer.LeastCredit, FrameFormat.FullBodyLength);
        encoder.SketchLength = _viewers.Min(viewer => viewer.SketchLength);
        _blobs.Clear();
        encoder.Encode(copy, isKeyframe, budget, _blobs);
        stream.Count(_blobs.Count);
        var sequence = encoder.Sequence - (uint)_blobs.Count;
        foreach (var blob in _blobs)
        {
            sequence++;
            foreach (var viewer in _viewers)
            {
                viewer.Give(blob, sequence);
            }
        }
    }

    private async ValueTask KeepPaceAsync()
    {
        if (_lastPictureAt != 0 && s_pace - time.GetElapsedTime(_lastPictureAt) is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, time, CancellationToken.None);
        }
    }
}
