using System.Text.Json;
using Preserve.Catalog.Sessions;
using Preserve.Emulation.Input;
using Preserve.Workers.Sessions;
using Preserve.Workers.Watching;

namespace Preserve.Workers.Streaming;

/// <summary>Says how a session stands, in the words of docs/session-hub.md.</summary>
internal static class StateMessages
{
    /// <summary>From when on PCs had the keyboard with 101 keys.</summary>
    private const int FirstYearOf101Keys = 1987;

    /// <param name="session">Whose state.</param>
    /// <param name="viewer">To whom.</param>
    /// <param name="end">Said before it is so, when the service stops; otherwise null.</param>
    public static StateMessage Make(LiveSession session, Viewer viewer, SessionEnd? end)
    {
        var view = end is null ? session.View : session.View with { State = SessionState.Ended, Reason = end.Reason, Message = end.Message };
        return new StateMessage
        {
            State = Word(view.State),
            Reason = view.Reason is { } reason ? Word(reason) : null,
            Message = view.Message,
            Role = Word(session.Audience.RoleOf(viewer)),
            SecondsLeft = view.State == SessionState.Running ? (int)session.Deadlines.TimeLeft.TotalSeconds : null,
            Viewers = session.Audience.Viewers.Count,
            Watching = WatchingMessages.Make(session.Audience, viewer),
            Input = InputMessage.Of(session.Input),
            Machines = [.. session.Machines.Select(Make)],
        };
    }

    private static MachineMessage Make(RunningMachine running)
    {
        var machine = running.Machine;
        var profile = machine.Definition.Profile;
        return new MachineMessage
        {
            Machine = running.Channel,
            Title = running.Built.Title,
            Pointer = Word(machine.Input.Pointer),
            PixelAspect = profile.PixelAspect,
            Sound = machine.Sound is not null,
            Text = machine.Text is not null,
            Printer = machine.Printer is not null,
            Layout = profile.KeyboardLayout,
            Keyboard = profile.Year < FirstYearOf101Keys && profile.Architecture == "i386" ? "xt" : "at",
            Layouts = [.. KeyboardLayout.All.Select(layout => new LayoutMessage { Id = layout.Id, Title = layout.Title })],
            Bays = [.. profile.Bays.Select(bay => MediaMessages.Of(bay, machine))],
            Shelf = [.. MediaMessages.ShelfOf(machine)],
        };
    }

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
