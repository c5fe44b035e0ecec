using Preserve.Workers.Sessions;
using Preserve.Workers.Watching;

namespace Preserve.Workers.Streaming;

/// <summary>Watching together: asking for the controls, handing them over, pointing things out.</summary>
internal sealed partial class SessionHub
{
    public string? AskControl(string name)
    {
        if (!Check(name is { Length: <= Standing.LongestName }, nameof(AskControl)) || !CheckRate() || Viewer.IsOwner)
        {
            return "Not possible now.";
        }

        if (Audience.RoleOf(Viewer) != SessionRole.Watch)
        {
            return "You have the controls already.";
        }

        if (!Viewer.Standing.TryAsk(name))
        {
            return "You have just asked. Wait a moment.";
        }

        Audience.StateChanged();
        return null;
    }

    /// <summary>Takes back the question, or declines what was offered.</summary>
    public void WithdrawAsk()
    {
        if (CheckRate() && Viewer.Standing.Wish != Wish.None)
        {
            Viewer.Standing.Wish = Wish.None;
            Audience.StateChanged();
        }
    }

    /// <summary>Hands the controls to a watcher who has asked; offers them to one who has not.</summary>
    public async Task<string?> GiveControl(int watcher)
    {
        if (!CheckRate() || !Viewer.IsOwner)
        {
            return "Only whoever started the machine can hand it over.";
        }

        if (Audience.Watcher(watcher) is not { } wanted)
        {
            return "That watcher has left.";
        }

        if (wanted.Standing.Wish != Wish.Asking)
        {
            wanted.Standing.Wish = Wish.Offered;
            Audience.StateChanged();
            return null;
        }

        Viewer.Session.Deadlines.Touch();
        return await Handover.HandAsync(Viewer.Session, wanted) ? null : "That watcher has left.";
    }

    public void RefuseControl(int watcher)
    {
        if (CheckRate() && Viewer.IsOwner && Audience.Watcher(watcher) is { Standing.Wish: Wish.Asking or Wish.Offered } wanted)
        {
            wanted.Standing.Wish = wanted.Standing.Wish == Wish.Asking ? Wish.Refused : Wish.None;
            Audience.StateChanged();
        }
    }

    /// <summary>The owner takes the controls back; a watcher takes what was offered.</summary>
    public Task TakeControl() =>
        CheckRate() && (Viewer.IsOwner || Viewer.Standing.Wish == Wish.Offered)
            ? Handover.HandAsync(Viewer.Session, Viewer.IsOwner ? null : Viewer)
            : Task.CompletedTask;

    /// <summary>A guest gives the controls back.</summary>
    public Task ReturnControl() =>
        CheckRate() && Audience.Guest == Viewer ? Handover.HandAsync(Viewer.Session, null) : Task.CompletedTask;

    /// <summary>Shows the others a place of the screen; -1, -1 shows none. The guest hears nothing of it.</summary>
    public void PointOut(int machine, int x, int y)
    {
        if (Check((x is >= 0 and < 4096 && y is >= 0 and < 4096) || (x == -1 && y == -1), nameof(PointOut))
            && CheckChannel(machine, nameof(PointOut)) && CheckRate() && Viewer.IsOwner)
        {
            Viewer.Session.Deadlines.Touch();
            ShowOthers(PointerMark.Guide, new PointerPlace(machine, x, y));
        }
    }

    private Audience Audience => Viewer.Session.Audience;

    private void ShowOthers(PointerMark mark, PointerPlace place)
    {
        foreach (var other in Audience.Viewers.Where(other => other != Viewer))
        {
            other.Show(mark, place);
        }
    }

    /// <summary>False when this connection may not stay: it has been told why.</summary>
    private async Task<bool> ComeInAsync(Viewer viewer, Guid? link)
    {
        // First in, then asked: whoever ends a link finds everybody who came by it, or they find it ended.
        if (!viewer.Session.Audience.TryAdd(viewer, options.MaximumWatchers))
        {
            await viewer.DismissAsync(Dismissal.Full);
            return false;
        }

        if (link is { } id && await links.FindAsync(id, Context.ConnectionAborted) is not { IsLive: true })
        {
            await viewer.DismissAsync(Dismissal.LinkEnded);
            return false;
        }

        if (viewer.IsOwner)
        {
            viewer.Session.Deadlines.OwnerCame();
            if (Audience.Guest is null && Audience.Viewers.Any(other => other != viewer && other.IsOwner))
            {
                // The older connection controls no longer, and may be a dead one that never lets go of its keys.
                await Handover.ReleaseAsync(viewer.Session);
            }
        }

        return true;
    }
}
