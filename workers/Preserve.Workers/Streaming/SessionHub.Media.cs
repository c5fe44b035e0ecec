using Preserve.Emulation.Machines;

namespace Preserve.Workers.Streaming;

/// <summary>The part of the hub that is about drives and what is in them.</summary>
internal sealed partial class SessionHub
{
    private const string MediaStay = "The media of this machine cannot be changed while it runs.";

    public Task<string?> ChangeMedium(int machine, string bay, string? medium) =>
        Check(bay is { Length: > 0 and <= 64 } && medium is null or { Length: 64 }, nameof(ChangeMedium))
            ? ChangeAsync(machine, nameof(ChangeMedium), bays => bays.ChangeAsync(bay, medium, Context.ConnectionAborted))
            : Task.FromResult<string?>(NotPossible);

    /// <summary>Sets or clears the write protection of the floppy in a bay.</summary>
    public Task<string?> ProtectMedium(int machine, string bay, bool isProtected) =>
        Check(bay is { Length: > 0 and <= 64 }, nameof(ProtectMedium))
            ? ChangeAsync(machine, nameof(ProtectMedium), bays => bays.ProtectAsync(bay, isProtected, Context.ConnectionAborted))
            : Task.FromResult<string?>(NotPossible);

    /// <summary>Puts a new, empty floppy in a bay.</summary>
    public Task<string?> InsertBlank(int machine, string bay) =>
        Check(bay is { Length: > 0 and <= 64 }, nameof(InsertBlank))
            ? ChangeAsync(machine, nameof(InsertBlank), bays => bays.InsertBlankAsync(bay, Context.ConnectionAborted))
            : Task.FromResult<string?>(NotPossible);

    /// <summary>What the guest has used its drives; looking is no use of the machine, so an idle session still ends.</summary>
    public async Task<DriveMessage[]> ReadDrives(int machine)
    {
        if (!CheckChannel(machine, nameof(ReadDrives)) || !CheckRate() || Viewer.Session.Machine(machine)?.Machine.Media is not { } bays)
        {
            return [];
        }

        try
        {
            var activity = await bays.ReadActivityAsync(Context.ConnectionAborted);
            return [.. activity.Select(one => new DriveMessage { Bay = one.Key, Reads = one.Value.Reads, Writes = one.Value.Writes, IsLit = one.Value.IsLit })];
        }
        catch (MachineException)
        {
            // The machine is ending; who watches over it tells the visitor.
            return [];
        }
    }

    private async Task<string?> ChangeAsync(int machine, string method, Func<IMediaBays, Task> change)
    {
        if (!MayControl(machine, method, out var running))
        {
            return NotPossible;
        }

        if (running.Machine.Media is not { } bays)
        {
            return MediaStay;
        }

        try
        {
            await change(bays);
            return null;
        }
        catch (MachineException e)
        {
            return e.Message;
        }
        finally
        {
            // Also when it failed: a medium may be out of its drive now.
            Viewer.Session.Audience.StateChanged();
        }
    }
}
