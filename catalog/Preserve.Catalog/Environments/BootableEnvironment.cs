using Preserve.Catalog.Carriers;

namespace Preserve.Catalog.Environments;

/// <summary>An environment with everything that a machine is made from.</summary>
/// <param name="Environment">The row.</param>
/// <param name="Profile">The profile in the version that the environment was made with.</param>
/// <param name="Drives">Media in bays, by bay.</param>
/// <param name="Shelf">Every medium of the environment's object, in order: what can be put into a removable bay.</param>
public sealed record BootableEnvironment(
    PreservedEnvironment Environment,
    CatalogProfile Profile,
    IReadOnlyList<BootableDrive> Drives,
    IReadOnlyList<BootableMedium> Shelf);

/// <summary>A medium in a bay.</summary>
public sealed record BootableDrive(string Bay, BootableMedium Medium);

/// <summary>A medium through its access representation.</summary>
/// <param name="Id">Of the medium.</param>
/// <param name="Name">Unique within its object.</param>
/// <param name="Label">What is written on it; perhaps empty.</param>
/// <param name="Kind">As in docs/archive-format.md, such as <c>floppy-1440K</c>.</param>
/// <param name="Format">Container format of the stored file: raw, qcow2, vmdk, vhd, vdi.</param>
/// <param name="Sha256">Where the bytes are in storage.</param>
/// <param name="LengthInBytes">Length of the stored file.</param>
public sealed record BootableMedium(
    long Id, string Name, string Label, string Kind, string Format, string Sha256, long LengthInBytes)
{
    /// <summary>What it lies on, where it is an overlay; null for what is whole by itself.</summary>
    public BootableMedium? Backing { get; init; }

    /// <summary>What it is to be made of before a machine can use it; null for what is in storage. Digest and length are unknown until then.</summary>
    public CarrierPlan? Carrier { get; init; }
}
