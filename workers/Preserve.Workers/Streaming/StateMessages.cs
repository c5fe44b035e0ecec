using System.Text.Json;
using Preserve.Catalog.Sessions;
using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;
using Preserve.Workers.Machines;
using Preserve.Workers.Sessions;
using Preserve.Workers.Watching;

namespace Preserve.Workers.Streaming;

/// <summary>Says how a session stands, in the words of docs/session-hub.md.</summary>
internal static class StateMessages
{
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
            Layouts = [.. KeyboardLayout.All.Select(layout => new LayoutMessage { Id = layout.Id, Title = layout.Title })],
            Bays = [.. profile.Bays.Select(bay => Make(bay, machine))],
            Shelf = [.. Loose(machine).Select(medium => new ShelfMessage
            {
                Medium = medium.Sha256,
                Label = medium.Label,
                Kind = MediaWords.Word(medium.Kind),
            })],
        };
    }

    private static BayMessage Make(DriveBay bay, IMachine machine) => new()
    {
        Id = bay.Id,
        Title = bay.Title,
        Kind = MediaWords.Word(bay.Kind),
        Removable = bay.Removable && machine.Media is not null,
        Medium = machine.Media is { } media
            ? media.Current.GetValueOrDefault(bay.Id)?.Sha256
            : machine.Definition.Drives.FirstOrDefault(drive => drive.Bay == bay.Id)?.Medium.Sha256,
    };

    // What can be put into a removable bay: the shelf, and what stood in such a bay at start and may have been taken out.
    private static IEnumerable<MediumFile> Loose(IMachine machine)
    {
        var definition = machine.Definition;
        var removable = definition.Profile.Bays.Where(bay => bay.Removable).Select(bay => bay.Id).ToHashSet();
        return definition.Drives.Where(drive => removable.Contains(drive.Bay)).Select(drive => drive.Medium)
            .Concat(definition.Shelf)
            .DistinctBy(medium => medium.Sha256);
    }

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
