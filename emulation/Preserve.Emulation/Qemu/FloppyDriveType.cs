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

    /// <summary>
    /// The drive that a definition needs in a bay: what is in it decides; then the first floppy on the shelf that goes in no drive that has a disk in it, so that
    /// a set of both sizes has a drive for each; then the first floppy on the shelf; then 3 1/2 inch.
    /// </summary>
    public static string For(MachineDefinition definition, string bay)
    {
        if (definition.Drives.FirstOrDefault(drive => drive.Bay == bay)?.Medium is { } inside)
        {
            return For(inside);
        }

        var floppies = definition.Shelf.Where(shelved => shelved.Kind == BayKind.Floppy).ToList();
        var filled = definition.Drives.Where(drive => drive.Medium.Kind == BayKind.Floppy).Select(drive => For(drive.Medium)).ToList();
        var medium = floppies.FirstOrDefault(floppy => !filled.Any(drive => Takes(drive, For(floppy)))) ?? floppies.FirstOrDefault();
        return medium is null ? ThreeInch : For(medium);
    }

    /// <summary>Whether a drive of one kind reads a disk for another: extra density drives read the others of their size.</summary>
    public static bool Takes(string drive, string disk) => drive == disk || (drive == ThreeInchExtended && disk == ThreeInch);

    /// <summary>The size in inches, as people say it: <c>5.25</c> or <c>3.5</c>.</summary>
    public static string Inches(string type) => type == FiveInch ? "5.25" : "3.5";

    private static string For(MediumFile medium) => medium.Base is { Format: ImageFormat.Raw } whole ? For(whole.LengthInBytes) : ThreeInch;
}
