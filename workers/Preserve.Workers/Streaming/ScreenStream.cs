using Preserve.Emulation.Display;
using Preserve.Workers.Frames;

namespace Preserve.Workers.Streaming;

/// <summary>
/// Brings one machine's screen to all who look at it: viewers who see the same and keep up are a group, and are encoded for once. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <code>
/// comes, looks again, ──► group of one: whole keyframe ──► keeps up ──► joins a larger group, which begins
/// loses its way                                               ▲         anew on the picture that all see
///                                                             │
/// falls behind ──► group of its own: merged damage, on the picture that it sees
/// looks away, leaves ──► no group, no cost
/// </code>
/// Groups run by themselves; under the lock here only who belongs where is changed.
/// </remarks>
internal sealed class ScreenStream(Framebuffer screen, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<FrameGroup> _groups = [];
    private long _blobsEncoded;

    /// <summary>How many groups there are: so often is a change of the screen encoded.</summary>
    public int GroupCount
    {
        get
        {
            lock (_lock)
            {
                return _groups.Count;
            }
        }
    }

    /// <summary>Blobs made so far, each for however many viewers.</summary>
    public long BlobsEncoded => Interlocked.Read(ref _blobsEncoded);

    /// <summary>Starts to send to a viewer, until it is disposed. Parameters as of <see cref="FrameViewer"/>.</summary>
    public FrameViewer Join(bool isVisible, Func<byte[], CancellationToken, Task> send, Action<Exception> failed)
    {
        var viewer = new FrameViewer(this, isVisible, send, failed, time);
        Seat(viewer);
        return viewer;
    }

    /// <summary>Gives a viewer that looks a group, or lets its group see to what has become of it.</summary>
    public void Seat(FrameViewer viewer)
    {
        lock (_lock)
        {
            if (viewer.Group is { } group)
            {
                group.Wake();
            }
            else if (viewer.IsLeaving)
            {
                viewer.LetGo();
            }
            else if (viewer.IsVisible)
            {
                viewer.StartOver();
                BeginLocked(viewer.NewEncoder(), [viewer]);
            }
        }
    }

    /// <summary>A group of its own for viewers who see the same, with the encoder that knows what they see.</summary>
    public void Begin(FrameEncoder encoder, IReadOnlyList<FrameViewer> viewers)
    {
        lock (_lock)
        {
            BeginLocked(encoder, viewers);
        }
    }

    /// <summary>A group lets go of viewers who do not look any more.</summary>
    public void Release(IEnumerable<FrameViewer> viewers)
    {
        lock (_lock)
        {
            foreach (var viewer in viewers)
            {
                viewer.Group = null;

                // It may have looked again meanwhile.
                Seat(viewer);
            }
        }
    }

    /// <summary>Ends a group that has nobody left. False when somebody just came.</summary>
    public bool TryClose(FrameGroup group)
    {
        lock (_lock)
        {
            return group.IsDeserted && _groups.Remove(group);
        }
    }

    /// <summary>Hands a whole group over to a larger one that keeps up, or an older one of the same size. False when there is none; then nothing changes.</summary>
    public bool TryHandOver(FrameGroup group)
    {
        lock (_lock)
        {
            // The oldest is first in the list, and wins among equals.
            var place = _groups.IndexOf(group);
            var into = _groups.Where((other, i) => other.MayBeJoined && (other.Size > group.Size || (other.Size == group.Size && i < place))).MaxBy(other => other.Size);
            if (into is null)
            {
                return false;
            }

            _groups.Remove(group);
            foreach (var viewer in group.Viewers)
            {
                viewer.Group = into;
            }

            into.Receive(group);
            return true;
        }
    }

    /// <summary>Ends a group because of a fault of ours, and tells its viewers.</summary>
    public void Fail(FrameGroup group, Exception problem)
    {
        lock (_lock)
        {
            _groups.Remove(group);
            foreach (var viewer in group.TakeArrivals().Append(group).SelectMany(one => one.Viewers))
            {
                viewer.Group = null;
                viewer.Failed(problem);
                if (viewer.IsLeaving)
                {
                    viewer.LetGo();
                }
            }
        }
    }

    /// <summary>Runs <paramref name="take"/> while nobody can come.</summary>
    public T WhileNobodyComes<T>(Func<T> take)
    {
        lock (_lock)
        {
            return take();
        }
    }

    public void Count(int blobs) => Interlocked.Add(ref _blobsEncoded, blobs);

    private void BeginLocked(FrameEncoder encoder, IReadOnlyList<FrameViewer> viewers)
    {
        var group = new FrameGroup(this, screen.Track(), encoder, viewers, time);
        foreach (var viewer in viewers)
        {
            viewer.Group = group;
        }

        _groups.Add(group);
        group.Start();
    }
}
