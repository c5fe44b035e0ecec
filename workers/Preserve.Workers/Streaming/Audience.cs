using Preserve.Workers.Sessions;

namespace Preserve.Workers.Streaming;

/// <summary>
/// Everybody who is connected to one session. The newest connection with a control ticket controls; older ones watch until it has left,
/// so a page that was reloaded is not kept out by its own dead connection. Safe for concurrent use.
/// </summary>
internal sealed class Audience
{
    private readonly Lock _lock = new();
    private readonly List<Viewer> _viewers = [];

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

    public void Add(Viewer viewer)
    {
        lock (_lock)
        {
            _viewers.Add(viewer);
        }
    }

    public void Remove(Viewer viewer)
    {
        lock (_lock)
        {
            _viewers.Remove(viewer);
        }
    }

    /// <summary>What a viewer may do now, which is what its ticket says or less.</summary>
    public SessionRole RoleOf(Viewer viewer)
    {
        lock (_lock)
        {
            return viewer.TicketRole == SessionRole.Control && _viewers.FindLast(one => one.TicketRole == SessionRole.Control) != viewer
                ? SessionRole.Watch
                : viewer.TicketRole;
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
