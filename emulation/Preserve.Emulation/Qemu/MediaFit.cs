using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>Says whether a medium goes in a bay.</summary>
internal static class MediaFit
{
    /// <summary>Why it does not, in words; null when it does.</summary>
    public static string? FindMisfit(MachineDefinition definition, DriveBay bay, MediumFile medium)
    {
        if (medium.Kind != bay.Kind)
        {
            return $"\"{medium.Label}\" is a {medium.Kind}; {bay.Title} takes a {bay.Kind}.";
        }

        if (bay.Kind != BayKind.Floppy)
        {
            return null;
        }

        var (drive, disk) = (FloppyDriveType.For(definition, bay.Id), FloppyDriveType.For(medium.Base.LengthInBytes));
        return FloppyDriveType.Takes(drive, disk) ? null
            : FloppyDriveType.Inches(drive) == FloppyDriveType.Inches(disk) ? $"\"{medium.Label}\" holds more than {bay.Title} can read."
            : $"\"{medium.Label}\" is a {FloppyDriveType.Inches(disk)}-inch floppy; {bay.Title} takes floppies of {FloppyDriveType.Inches(drive)} inches.";
    }

    /// <summary>The size of floppies that a bay takes, in inches; null for what is no floppy drive.</summary>
    public static string? FloppyInches(MachineDefinition definition, string bay) =>
        definition.Profile.Bays.Any(one => one.Id == bay && one.Kind == BayKind.Floppy) ? FloppyDriveType.Inches(FloppyDriveType.For(definition, bay)) : null;
}
