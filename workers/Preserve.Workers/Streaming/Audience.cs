using Preserve.Workers.Sessions;

namespace Preserve.Workers.Streaming;

/// <summary>
/// Everybody who is connected to one session, and which of them controls it. Owners hold the session's key, watchers came by a link. The newest
/// owner controls and older ones watch until it has left, so a page that was reloaded is not kept out by its own dead connection. An owner can
/// hand control to one watcher, the guest, and take it back at any time. Safe for concurrent use.
/// </summary>
internal sealed class Audience
{
    private readonly Lock _lock = new();
    private readonly List<Viewer> _viewers = [];
    private Viewer? _guest;
    private int _lastNumber;

    public IReadOnlyList<Viewer> Viewers
    {
        get
        {
            lock (_lock)
            {
                return [.. _viewers];
            }
        }
    }

    /// <summary>Those who came by a link, in the order in which they came.</summary>
    public IReadOnlyList<Viewer> Watchers => [.. Viewers.Where(viewer => !viewer.IsOwner)];

    /// <summary>The watcher who has been handed control; null while the owner has it.</summary>
    public Viewer? Guest
    {
        get
        {
            lock (_lock)
            {
                return _guest;
            }
        }
    }

    /// <summary>Whether a guided tour is under way.</summary>
    public bool IsTour { get; private set; }

    /// <summary>Held while input is sent and while control changes hands, so that no key of the one before arrives after everything was released.</summary>
    public SemaphoreSlim Controls { get; } = new(1, 1);

    /// <summary>False when as many watchers are there as may be. Owners always come in.</summary>
    public bool TryAdd(Viewer viewer, int maximumWatchers)
    {
        lock (_lock)
        {
            if (!viewer.IsOwner)
            {
                if (_viewers.Count(one => !one.IsOwner) >= maximumWatchers)
                {
                    return false;
                }

                viewer.Standing.Number = ++_lastNumber;
            }

            _viewers.Add(viewer);
            return true;
        }
    }

    /// <summary>What a guest had goes back to the owner.</summary>
    public void Remove(Viewer viewer)
    {
        lock (_lock)
        {
            _viewers.Remove(viewer);
            if (_guest == viewer)
            {
                _guest = null;
            }
        }
    }

    /// <summary>What a viewer may do now, which is what its ticket says, or less, or what it was handed.</summary>
    public SessionRole RoleOf(Viewer viewer)
    {
        lock (_lock)
        {
            if (viewer == _guest)
            {
                return SessionRole.Control;
            }

            if (_guest is not null || !viewer.IsOwner || _viewers.FindLast(one => one.IsOwner) != viewer)
            {
                return SessionRole.Watch;
            }

            return IsTour ? SessionRole.Guide : SessionRole.Control;
        }
    }

    /// <summary>The watcher of that number; null when it has left.</summary>
    public Viewer? Watcher(int number) => Watchers.FirstOrDefault(watcher => watcher.Standing.Number == number);

    /// <summary>Hands control to a watcher who is there, or back to the owner. False when there is no such watcher.</summary>
    public bool Hand(Viewer? guest)
    {
        lock (_lock)
        {
            if (guest is not null && !_viewers.Contains(guest))
            {
                return false;
            }

            _guest = guest;
            return true;
        }
    }

    public void SetTour(bool isTour)
    {
        lock (_lock)
        {
            IsTour = isTour;
        }
    }

    /// <summary>Tells everybody how the session stands now. Returns before they are told.</summary>
    public void StateChanged()
    {
        foreach (var viewer in Viewers)
        {
            viewer.StateChanged();
        }
    }
}
