using System.Collections.ObjectModel;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>
/// Changes media while the machine runs. Every medium's nodes exist from the start, so a disk that is taken out and put in again still
/// has what the guest wrote on it.
/// </summary>
internal sealed class QemuMediaBays : IMediaBays, IDisposable
{
    private const int TrayAttempts = 5;

    private readonly MachineDefinition _definition;
    private readonly QmpClient _monitor;
    private readonly IReadOnlyList<QemuMedium> _media;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private volatile ReadOnlyDictionary<string, QemuMedium?> _inside;

    public QemuMediaBays(MachineDefinition definition, QmpClient monitor)
    {
        (_definition, _monitor) = (definition, monitor);
        _media = QemuMedium.AllOf(definition);
        _inside = definition.Profile.Bays.ToDictionary(bay => bay.Id, bay => _media.FirstOrDefault(medium => medium.Bay == bay)).AsReadOnly();
    }

    public IReadOnlyDictionary<string, MediumFile?> Current => _inside.ToDictionary(entry => entry.Key, entry => entry.Value?.Medium);

    public async Task ChangeAsync(string bay, string? sha256, CancellationToken cancellationToken)
    {
        var target = _definition.Profile.Bays.FirstOrDefault(candidate => candidate.Id == bay)
            ?? throw new MachineException($"{_definition.Profile.Title} has no bay {bay}.");
        if (!target.Removable)
        {
            throw new MachineException($"{target.Title} cannot be changed while the machine runs.");
        }

        await _changing.WaitAsync(cancellationToken);
        try
        {
            var medium = sha256 is null ? null : Choose(target, sha256);
            if (medium is null || medium != _inside[bay])
            {
                // Once begun it is finished: a drive that is left open would be no use to anybody.
                await SwapAsync(bay, medium, CancellationToken.None);
            }
        }
        catch (QmpException e)
        {
            throw new MachineException($"{target.Title} could not be changed: {e.Message}", e);
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose() => _changing.Dispose();

    private QemuMedium Choose(DriveBay bay, string sha256)
    {
        var inside = _inside;
        var known = _media.Where(medium => medium.Medium.Sha256 == sha256).ToArray();
        var medium = known.FirstOrDefault(candidate => candidate == inside[bay.Id])
            ?? known.FirstOrDefault(candidate => !inside.Values.Contains(candidate));
        if (medium is null)
        {
            throw new MachineException(known.Length == 0 ? "That medium is not on the shelf of this machine." : "That medium is in another drive.");
        }

        RequireFit(bay, medium.Medium);
        return medium;
    }

    private void RequireFit(DriveBay bay, MediumFile medium)
    {
        if (medium.Kind != bay.Kind)
        {
            throw new MachineException($"\"{medium.Label}\" is a {medium.Kind}; {bay.Title} takes a {bay.Kind}.");
        }

        if (bay.Kind == BayKind.Floppy && FloppyDriveType.For(medium.Base.LengthInBytes) != FloppyDriveType.For(_definition, bay.Id))
        {
            throw new MachineException($"\"{medium.Label}\" is a floppy of another size than {bay.Title} takes.");
        }
    }

    private async Task SwapAsync(string bay, QemuMedium? medium, CancellationToken cancellationToken)
    {
        await WithOpenTrayAsync(bay, "blockdev-remove-medium", new { id = bay }, cancellationToken);
        Note(bay, null);
        if (medium is not null)
        {
            var insertion = new Dictionary<string, string> { ["id"] = bay, ["node-name"] = medium.Slot };
            await WithOpenTrayAsync(bay, "blockdev-insert-medium", insertion, cancellationToken);
            Note(bay, medium);
        }

        await _monitor.ExecuteAsync("blockdev-close-tray", new { id = bay }, cancellationToken);
    }

    /// <summary>Opens the tray and does something with it. A guest that resets the drive shuts the tray in between, so it is tried a few times.</summary>
    private async Task WithOpenTrayAsync(string bay, string command, object arguments, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await _monitor.ExecuteAsync("blockdev-open-tray", new { id = bay, force = true }, cancellationToken);
            try
            {
                await _monitor.ExecuteAsync(command, arguments, cancellationToken);
                return;
            }
            catch (QmpException e) when (e.ErrorClass == "GenericError" && attempt < TrayAttempts)
            {
                // Another failure than a shut tray is the same the next time, and is then told.
            }
        }
    }

    private void Note(string bay, QemuMedium? medium) =>
        _inside = new Dictionary<string, QemuMedium?>(_inside) { [bay] = medium }.AsReadOnly();
}
