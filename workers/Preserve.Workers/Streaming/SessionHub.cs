using System.Net.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Preserve.Catalog.Sessions;
using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;
using Preserve.Workers.Sound;
using Preserve.Workers.Watching;

namespace Preserve.Workers.Streaming;

/// <summary>The player's door: docs/session-hub.md, method by method. <see cref="HubGate"/> has checked the ticket.</summary>
internal sealed partial class SessionHub(
    SessionHost host, WatchLinkRegister links, WorkerOptions options, TimeProvider time, ILogger<SessionHub> logger) : Hub
{
    private static readonly object ViewerItem = new();

    private Viewer Viewer => (Viewer)Context.Items[ViewerItem]!;

    public override async Task OnConnectedAsync()
    {
        if (HubGate.TicketOf(Context.GetHttpContext()) is not { } ticket || host.Find(ticket.SessionId) is not { } session)
        {
            Context.Abort();
            return;
        }

        var viewer = new Viewer(session, ticket, Clients.Caller, Context, time, logger);
        Context.Items[ViewerItem] = viewer;
        if (!await ComeInAsync(viewer, ticket.Link))
        {
            return;
        }

        if (session.View.State == SessionState.Ended)
        {
            await viewer.SayFarewellAsync();
            return;
        }

        viewer.Attach(session.Machines);
        session.Audience.StateChanged();
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (!Context.Items.TryGetValue(ViewerItem, out var item) || item is not Viewer viewer)
        {
            return;
        }

        var session = viewer.Session;
        var wasController = session.Audience.RoleOf(viewer) != SessionRole.Watch;
        session.Audience.Remove(viewer);
        await viewer.DisposeAsync();
        if (viewer.IsOwner)
        {
            session.Deadlines.OwnerLeft();
        }

        if (wasController)
        {
            // Nobody is there to let go of what is held down.
            await Handover.ReleaseAsync(session);
        }

        session.Audience.StateChanged();
    }

    public void Ack(int machine, uint sequence)
    {
        if (CheckChannel(machine, nameof(Ack)) && Viewer.Frames(machine) is { } frames && !frames.Acknowledge(sequence))
        {
            Viewer.Refuse("Ack of a frame that was never sent");
        }
    }

    public void Keyframe(int machine)
    {
        if (CheckChannel(machine, nameof(Keyframe)) && CheckRate())
        {
            Viewer.Frames(machine)?.RequestKeyframe();
        }
    }

    public void Visible(bool isVisible) => Viewer.SetVisible(isVisible);

    public Task Listen(int machine, bool isListening, int[] formats) =>
        Check(formats is { Length: <= 8 }, nameof(Listen)) && CheckChannel(machine, nameof(Listen)) && CheckRate() && Viewer.Session.Machine(machine) is { } running
            ? isListening ? Viewer.ListenAsync(running, SoundCast.Choose(formats)) : Viewer.StopListeningAsync(machine)
            : Task.CompletedTask;

    public Task Key(int machine, int scancode, uint keysym, bool isDown) =>
        Check(scancode is >= 1 and <= 255, nameof(Key))
            ? KeysAsync(machine, nameof(Key), input => input.KeyAsync((byte)scancode, keysym, isDown, Context.ConnectionAborted))
            : Task.CompletedTask;

    public async Task Point(int machine, int x, int y, int buttons)
    {
        if (Check(x is >= 0 and < 4096 && y is >= 0 and < 4096 && buttons is >= 0 and <= 255, nameof(Point))
            && await ControlAsync(machine, nameof(Point), input => input.PointAsync(x, y, Buttons(buttons), Context.ConnectionAborted)))
        {
            ShowOthers(PointerMark.Controller, new PointerPlace(machine, x, y));
        }
    }

    public Task Move(int machine, int dx, int dy, int buttons) =>
        Check(dx is >= short.MinValue and <= short.MaxValue && dy is >= short.MinValue and <= short.MaxValue && buttons is >= 0 and <= 255, nameof(Move))
            ? ControlAsync(machine, nameof(Move), input => input.MoveAsync(dx, dy, Buttons(buttons), Context.ConnectionAborted))
            : Task.CompletedTask;

    public Task ReleaseAll(int machine) =>
        KeysAsync(machine, nameof(ReleaseAll), input => input.ReleaseAllAsync(Context.ConnectionAborted));

    public async Task Reset(int machine)
    {
        if (MayControl(machine, nameof(Reset), out var running))
        {
            try
            {
                await running.Machine.ResetAsync(Context.ConnectionAborted);
            }
            catch (MachineException e)
            {
                logger.LogInformation("Session {Session}: reset failed: {Problem}", Viewer.Session.Plan.Id, e.Message);
            }
        }
    }

    public void End()
    {
        // Not a guest: what is lent is not theirs to give away.
        if (Viewer.IsOwner)
        {
            Viewer.Session.RequestEnd(SessionEndReason.Stopped, "");
        }
    }

    private static PointerButtons Buttons(int mask) => (PointerButtons)(mask & 0x1F);

    private static async Task InputAsync(RunningMachine machine, Func<IMachineInput, Task> act)
    {
        try
        {
            await act(machine.Machine.Input);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or MachineException)
        {
            // The machine or the connection is ending; who watches over either tells the visitor.
        }
    }

    private async Task<bool> ControlAsync(int machine, string method, Func<IMachineInput, Task> act)
    {
        if (!MayControl(machine, method, out var running))
        {
            return false;
        }

        await Audience.Controls.WaitAsync(CancellationToken.None);
        try
        {
            // Asked again, since control may have changed hands in between.
            if (Audience.RoleOf(Viewer) == SessionRole.Watch)
            {
                return false;
            }

            await InputAsync(running, act);
            return true;
        }
        finally
        {
            Audience.Controls.Release();
        }
    }

    private bool MayControl(int machine, string method, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RunningMachine? running)
    {
        running = null;
        if (!CheckChannel(machine, method) || !CheckRate() || Viewer.Session.Audience.RoleOf(Viewer) == SessionRole.Watch)
        {
            return false;
        }

        Viewer.Session.Deadlines.Touch();
        running = Viewer.Session.Machine(machine);
        return running is not null;
    }

    private bool CheckChannel(int machine, string method) => Check(machine >= 0 && machine < Viewer.Session.Plan.EnvironmentIds.Length, method);

    private bool CheckRate() => Viewer.Rate.TryTake() || Check(false, "more input than anybody can make");

    private bool Check(bool isInRange, string what)
    {
        if (!isInRange)
        {
            Viewer.Refuse(what);
        }

        return isInRange;
    }
}
