namespace Preserve.Web.Exhibits;

/// <summary>Kinds of carriers that look alike and go into the same bays.</summary>
public enum MediumFamily
{
    /// <summary>5¼-inch disk in a soft jacket.</summary>
    SoftFloppy,

    /// <summary>3½-inch disk in a hard shell.</summary>
    Floppy,

    HardDisk,
    Optical,
    Tape,

    /// <summary>Something that is in a chip: firmware, a ROM, a card, a kernel handed to the machine.</summary>
    Chip,
}
