using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>One medium of a machine as QEMU knows it: a chain of block nodes that outlives being taken out of its bay.</summary>
/// <param name="Slot">Name of its topmost node and of its overlay: the bay it starts in, or <c>shelf0</c>, <c>shelf1</c>, ...</param>
/// <param name="Medium">The stored image.</param>
/// <param name="Bay">The bay it starts in, or null for the shelf.</param>
internal sealed record QemuMedium(string Slot, MediumFile Medium, DriveBay? Bay)
{
    public BayKind Kind => Bay?.Kind ?? Medium.Kind;

    /// <summary>Whether the guest may write to it, which goes to a private overlay.</summary>
    public bool IsWritable => Kind is BayKind.Floppy or BayKind.HardDisk or BayKind.SdCard;

    /// <summary>Every medium of a definition, those in drives first.</summary>
    public static IReadOnlyList<QemuMedium> AllOf(MachineDefinition definition)
    {
        var bays = definition.Profile.Bays.ToDictionary(bay => bay.Id);
        return
        [
            .. definition.Drives.Select(drive => new QemuMedium(drive.Bay, drive.Medium, bays[drive.Bay])),
            .. definition.Shelf.Select((medium, index) => new QemuMedium($"shelf{index}", medium, null)),
        ];
    }
}
