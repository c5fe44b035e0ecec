using System.Net.Sockets;
using Preserve.Emulation.Machines;
using Preserve.Workers.Sessions;
using Preserve.Workers.Streaming;

namespace Preserve.Workers.Watching;

/// <summary>Moves the controls of a session from one person to another. Whatever the one before held down is released first.</summary>
internal static class Handover
{
    /// <summary>Hands the controls to a watcher, or back to the owner for null. False when that watcher has left.</summary>
    public static async Task<bool> HandAsync(LiveSession session, Viewer? guest)
    {
        var audience = session.Audience;
        await audience.Controls.WaitAsync(CancellationToken.None);
        try
        {
            if (!audience.Hand(guest))
            {
                return false;
            }

            await ReleaseAllAsync(session);
        }
        finally
        {
            audience.Controls.Release();
        }

        // What was offered before was offered for the moment before.
        foreach (var watcher in audience.Watchers.Where(watcher => watcher == guest || watcher.Standing.Wish == Wish.Offered))
        {
            watcher.Standing.Wish = Wish.None;
        }

        audience.StateChanged();
        return true;
    }

    /// <summary>Releases every key and button, once what is being sent has been sent.</summary>
    public static async Task ReleaseAsync(LiveSession session)
    {
        await session.Audience.Controls.WaitAsync(CancellationToken.None);
        try
        {
            await ReleaseAllAsync(session);
        }
        finally
        {
            session.Audience.Controls.Release();
        }
    }

    private static async Task ReleaseAllAsync(LiveSession session)
    {
        foreach (var running in session.Machines)
        {
            try
            {
                await running.Machine.Input.ReleaseAllAsync(CancellationToken.None);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or MachineException)
            {
                // The machine is ending, and its keys with it.
            }
        }
    }
}
