using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>Which kind of floppy drive reads a medium. QEMU tells densities by the length of the image, but only within one kind of drive.</summary>
internal static class FloppyDriveType
{
    public const string FiveInch = "120";
    public const string ThreeInch = "144";
    public const string ThreeInchExtended = "288";

    /// <summary>QEMU's <c>drive-type</c> for an image of this many bytes. What is not a whole floppy goes in a 3 1/2-inch drive.</summary>
    public static string For(long lengthInBytes) => (lengthInBytes / 1024) switch
    {
        160 or 180 or 320 or 360 or 1200 => FiveInch,
        > 1760 and <= 2880 => ThreeInchExtended,
        _ => ThreeInch,
    };

    /// <summary>The drive that a definition needs in a bay: what is in it decides, then the first floppy on the shelf, then 3 1/2 inch.</summary>
    public static string For(MachineDefinition definition, string bay)
    {
        var medium = definition.Drives.FirstOrDefault(drive => drive.Bay == bay)?.Medium
            ?? definition.Shelf.FirstOrDefault(shelved => shelved.Kind == BayKind.Floppy);
        return medium?.Base is { Format: ImageFormat.Raw } whole ? For(whole.LengthInBytes) : ThreeInch;
    }
}
