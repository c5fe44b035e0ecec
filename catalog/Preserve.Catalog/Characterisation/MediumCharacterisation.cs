using Preserve.Catalog.Formats;

namespace Preserve.Catalog.Characterisation;

/// <summary>What a stored file is as a medium: format, container, partitions, file systems, and what it says about booting.</summary>
public sealed record MediumCharacterisation
{
    public required FileIdentification Identification { get; init; }

    /// <summary>Of the disk inside where the file is a container that could be opened, else of the file.</summary>
    public required MediumFacts Facts { get; init; }

    /// <summary>Null where the file is no disk image container.</summary>
    public DiskContainer? Container { get; init; }

    /// <summary>At most <see cref="MediumFacts.MostEntries"/>, in the order of the table.</summary>
    public IReadOnlyList<Partition> Partitions { get; init; } = [];

    /// <summary>At most <see cref="MediumFacts.MostEntries"/>.</summary>
    public IReadOnlyList<VolumeFound> Volumes { get; init; } = [];

    /// <summary>Formats of the files on a floppy or disc, as far as samples tell: <see cref="ContentSampler"/>.</summary>
    public IReadOnlyList<ContentFound> Contents { get; init; } = [];

    /// <summary>What could not be found out, in words.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>A file that holds a disk in a form of its own.</summary>
/// <param name="Kind">Which form.</param>
/// <param name="DiskLengthInBytes">Length of the disk inside; 0 where it could not be opened.</param>
/// <param name="Problem">Why it could not be opened; empty when it could.</param>
public sealed record DiskContainer(DiskContainerKind Kind, long DiskLengthInBytes, string Problem);

/// <summary>Forms in which files hold disks.</summary>
public enum DiskContainerKind
{
    None,
    Qcow2,
    Vmdk,
    Vhd,
    Vdi,

    /// <summary>E01 of EnCase and others.</summary>
    ExpertWitness,
}

/// <summary>A partition, as The Sleuth Kit tells it.</summary>
/// <param name="OffsetInBytes">From the beginning of the disk.</param>
/// <param name="LengthInBytes">Of the partition.</param>
/// <param name="Description">Its type in words, such as <c>DOS FAT16 (0x04)</c>.</param>
public sealed record Partition(long OffsetInBytes, long LengthInBytes, string Description);

/// <summary>A file system that was found.</summary>
/// <param name="FileSystem">Such as <c>FAT12</c>, <c>NTFS</c>, <c>Ext4</c>, <c>ISO9660</c>, <c>HFS</c>, <c>UDF</c>.</param>
/// <param name="Label">Name of the volume; empty for none.</param>
/// <param name="OffsetInBytes">From the beginning of the disk.</param>
/// <param name="Reader">What can list its files.</param>
public sealed record VolumeFound(string FileSystem, string Label, long OffsetInBytes, VolumeReader Reader);

/// <summary>A format that files on a medium have.</summary>
/// <param name="Puid">PRONOM unique identifier.</param>
/// <param name="Name">Of the format.</param>
/// <param name="Method">How the sample was told.</param>
/// <param name="Count">Files with the sample's extension.</param>
/// <param name="Example">Path of the sample on the medium.</param>
public sealed record ContentFound(string Puid, string Name, FormatMethod Method, int Count, string Example);

/// <summary>Which tool reads a file system.</summary>
public enum VolumeReader
{
    /// <summary>None here: it is told and kept, but not browsed.</summary>
    None,
    SleuthKit,
    HfsUtils,
}
