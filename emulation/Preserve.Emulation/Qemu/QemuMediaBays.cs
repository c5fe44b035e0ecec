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
    private readonly QemuBlanks _blanks;
    private readonly HashSet<string> _protectedSlots = [];
    private readonly SemaphoreSlim _changing = new(1, 1);
    private volatile IReadOnlyList<QemuMedium> _media;
    private volatile ReadOnlyDictionary<string, QemuMedium?> _inside;
    private volatile HashSet<string> _protectedBays = [];
    private int _made;

    public QemuMediaBays(MachineDefinition definition, QmpClient monitor, string privateFolder)
    {
        (_definition, _monitor, _blanks) = (definition, monitor, new QemuBlanks(definition, monitor, privateFolder));
        _media = QemuMedium.AllOf(definition);
        _inside = definition.Profile.Bays.ToDictionary(bay => bay.Id, bay => _media.FirstOrDefault(medium => medium.Bay == bay)).AsReadOnly();
    }

    public IReadOnlyDictionary<string, MediumFile?> Current => _inside.ToDictionary(entry => entry.Key, entry => entry.Value?.Medium);

    public IReadOnlyList<MediumFile> Loose =>
    [
        .. _media.Where(medium => medium.Bay is not { Removable: false }).Select(medium => medium.Medium)
            .DistinctBy(medium => medium.Sha256).OrderBy(medium => medium.Order),
    ];

    public IReadOnlySet<string> Protected => _protectedBays;

    public Task ChangeAsync(string bay, string? sha256, CancellationToken cancellationToken) => ChangeAsync(Removable(bay), async target =>
    {
        var medium = sha256 is null ? null : Choose(target, sha256);
        if (medium is null || medium != _inside[bay])
        {
            await SwapAsync(bay, medium);
        }
    }, cancellationToken);

    public string? FindMisfit(string bay, MediumFile medium) => MediaFit.FindMisfit(_definition, Removable(bay), medium);

    public string? FloppyInches(string bay) => MediaFit.FloppyInches(_definition, bay);

    public Task ProtectAsync(string bay, bool isProtected, CancellationToken cancellationToken) => ChangeAsync(Removable(bay), async target =>
    {
        if (_inside[bay] is not { Kind: BayKind.Floppy } medium)
        {
            throw new MachineException($"No floppy is in {target.Title}.");
        }

        if (_protectedSlots.Contains(medium.Slot) != isProtected)
        {
            await ProtectAsync(bay, medium, isProtected);
        }
    }, cancellationToken);

    public Task InsertBlankAsync(string bay, CancellationToken cancellationToken) => ChangeAsync(Removable(bay), async target =>
    {
        if (target.Kind != BayKind.Floppy)
        {
            throw new MachineException($"{target.Title} is no floppy drive.");
        }

        if (_made >= QemuBlanks.Most)
        {
            throw new MachineException($"The {QemuBlanks.Most} blank disks of this visit are used up. They are in the list and can be used again.");
        }

        var blank = await _blanks.MakeAsync(target, ++_made, CancellationToken.None);
        _media = [.. _media, blank];
        await SwapAsync(bay, blank);
    }, cancellationToken);

    public async Task<IReadOnlyDictionary<string, DriveActivity>> ReadActivityAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await QemuDriveActivity.ReadAsync(_definition.Profile, _monitor, cancellationToken);
        }
        catch (QmpException e)
        {
            throw new MachineException($"The drives could not be looked at: {e.Message}", e);
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

        return FindMisfit(bay.Id, medium.Medium) is { } misfit ? throw new MachineException(misfit) : medium;
    }

    private DriveBay Removable(string bay)
    {
        var target = _definition.Profile.Bays.FirstOrDefault(candidate => candidate.Id == bay)
            ?? throw new MachineException($"{_definition.Profile.Title} has no bay {bay}.");
        return target.Removable ? target : throw new MachineException($"{target.Title} cannot be changed while the machine runs.");
    }

    /// <summary>One change at a time. Once begun it is finished: a drive that is left open would be no use to anybody.</summary>
    private async Task ChangeAsync(DriveBay target, Func<DriveBay, Task> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            await change(target);
        }
        catch (Exception e) when (e is QmpException or IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{target.Title} could not be changed: {e.Message}", e);
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task SwapAsync(string bay, QemuMedium? medium)
    {
        await TakeOutAsync(bay);
        if (medium is not null)
        {
            await PutInAsync(bay, medium);
        }

        await _monitor.ExecuteAsync("blockdev-close-tray", new { id = bay }, CancellationToken.None);
    }

    /// <summary>Out, a read-only node on top of what the guest writes to added or removed, and in again.</summary>
    private async Task ProtectAsync(string bay, QemuMedium medium, bool isProtected)
    {
        await TakeOutAsync(bay);
        try
        {
            if (isProtected)
            {
                await _monitor.ExecuteAsync("blockdev-add", new Dictionary<string, object>
                {
                    ["driver"] = "raw",
                    ["node-name"] = ProtectedNode(medium.Slot),
                    ["read-only"] = true,
                    ["file"] = medium.Slot,
                }, CancellationToken.None);
                _protectedSlots.Add(medium.Slot);
            }
            else
            {
                await _monitor.ExecuteAsync("blockdev-del", new Dictionary<string, string> { ["node-name"] = ProtectedNode(medium.Slot) }, CancellationToken.None);
                _protectedSlots.Remove(medium.Slot);
            }
        }
        finally
        {
            await PutInAsync(bay, medium);
            await _monitor.ExecuteAsync("blockdev-close-tray", new { id = bay }, CancellationToken.None);
        }
    }

    private async Task TakeOutAsync(string bay)
    {
        await WithOpenTrayAsync(bay, "blockdev-remove-medium", new { id = bay });
        Note(bay, null);
    }

    private async Task PutInAsync(string bay, QemuMedium medium)
    {
        var node = _protectedSlots.Contains(medium.Slot) ? ProtectedNode(medium.Slot) : medium.Slot;
        await WithOpenTrayAsync(bay, "blockdev-insert-medium", new Dictionary<string, string> { ["id"] = bay, ["node-name"] = node });
        Note(bay, medium);
    }

    private static string ProtectedNode(string slot) => $"{slot}-protected";

    /// <summary>Opens the tray and does something with it. A guest that resets the drive shuts the tray in between, so it is tried a few times.</summary>
    private async Task WithOpenTrayAsync(string bay, string command, object arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            await _monitor.ExecuteAsync("blockdev-open-tray", new { id = bay, force = true }, CancellationToken.None);
            try
            {
                await _monitor.ExecuteAsync(command, arguments, CancellationToken.None);
                return;
            }
            catch (QmpException e) when (e.ErrorClass == "GenericError" && attempt < TrayAttempts)
            {
                // Another failure than a shut tray is the same the next time, and is then told.
            }
        }
    }

    private void Note(string bay, QemuMedium? medium)
    {
        _inside = new Dictionary<string, QemuMedium?>(_inside) { [bay] = medium }.AsReadOnly();
        _protectedBays = [.. _inside.Where(pair => pair.Value is { } inside && _protectedSlots.Contains(inside.Slot)).Select(pair => pair.Key)];
    }
}
