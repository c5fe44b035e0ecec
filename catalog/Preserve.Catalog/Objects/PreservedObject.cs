using Preserve.Catalog.Examinations;

namespace Preserve.Catalog.Objects;

/// <summary>What is preserved (a PREMIS intellectual entity). Owns its media.</summary>
public sealed class PreservedObject
{
    /// <summary><c>[a-z0-9-]{1,64}</c>, chosen by whoever brought it in.</summary>
    public required string Id { get; init; }

    public required string Title { get; set; }

    /// <summary>As the curator wrote it: a year, a date, "about 1987".</summary>
    public string Date { get; set; } = "";

    public List<string> Creators { get; set; } = [];

    public string Description { get; set; } = "";

    /// <summary>Licence or rights statement in words; empty when nobody has stated one.</summary>
    public string Rights { get; set; } = "";

    /// <summary>Where it came from.</summary>
    public string Source { get; set; } = "";

    public List<Medium> Media { get; } = [];

    /// <summary>Digest of its entry in the manifest it was last imported from; null when it came in another way. The same entry again changes nothing.</summary>
    public string? ManifestSha256 { get; set; }

    /// <summary>Who may run it without an exhibit.</summary>
    public ResearchUse ResearchUse { get; set; }

    /// <summary>How many of its events the description in storage has; fewer than there are: a new version is due.</summary>
    public int DescribedEvents { get; set; }

    /// <summary>UTC milliseconds at which it was taken out of use; null while it is in use.</summary>
    public long? WithdrawnAt { get; set; }

    /// <summary>Why, for its tombstone; empty while it is in use.</summary>
    public string WithdrawalReason { get; set; } = "";

    /// <summary>UTC milliseconds at which its bytes were deleted; null while they are kept.</summary>
    public long? PurgedAt { get; set; }

    /// <summary>UTC milliseconds since 1970.</summary>
    public required long CreatedAt { get; init; }
}

/// <summary>Who may run an object without an exhibit, once rights are stated. Visitors never may.</summary>
public enum ResearchUse
{
    Researchers,
    Curators,
}

/// <summary>One carrier of an object: a floppy, a hard disk, a disc. Has one or more representations.</summary>
public sealed class Medium
{
    public long Id { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>Unique within the object; what environments refer to.</summary>
    public required string Name { get; init; }

    /// <summary>Such as <c>floppy-1440K</c>, <c>harddisk</c>, <c>optical</c>, <c>kernel</c>, <c>ramdisk</c>: docs/archive-format.md.</summary>
    public required string Kind { get; set; }

    /// <summary>Place in the set, from 1.</summary>
    public int Order { get; set; } = 1;

    /// <summary>What is written on it.</summary>
    public string Label { get; set; } = "";

    /// <summary>Names of the files that were put on it here, so that a machine can reach them; empty for what came as it is.</summary>
    public string MadeOf { get; init; } = "";

    public List<Representation> Representations { get; } = [];
}

/// <summary>One way in which a medium's content is kept, such as decoded sectors. Has one or more ordered files.</summary>
public sealed class Representation
{
    public long Id { get; init; }

    public long MediumId { get; init; }

    /// <summary>Container format: raw, qcow2, vmdk, vhd, vdi.</summary>
    public required string Format { get; set; }

    /// <summary>Whether machines boot from this one.</summary>
    public bool IsAccessCopy { get; set; } = true;

    /// <summary>SHA-256 of the stored file that this one lies on: an overlay, which holds only what differs. Null for what is whole by itself.</summary>
    public string? BackingSha256 { get; init; }

    public List<StoredFile> Files { get; } = [];
}

/// <summary>One file in storage, addressed by its digest.</summary>
public sealed class StoredFile
{
    public long Id { get; init; }

    public long RepresentationId { get; init; }

    public int Order { get; set; } = 1;

    public required string Name { get; set; }

    /// <summary>What it was called, with its folders, by whoever kept it before; empty where that is not known to differ from <see cref="Name"/>.</summary>
    public string OriginalName { get; init; } = "";

    public required long LengthInBytes { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public List<Identification> Identifications { get; } = [];

    public ExaminationState ExaminationState { get; set; }

    /// <summary>Times an examination was begun and not finished.</summary>
    public int ExaminationAttempts { get; set; }

    /// <summary>Who is examining it; null when nobody is.</summary>
    public string? ExaminationWorker { get; set; }

    /// <summary>Why it could not be examined, in words.</summary>
    public string ExaminationProblem { get; set; } = "";

    /// <summary>What it is as a medium, as <c>CharacterisationDocument</c> reads it; null before it was examined.</summary>
    public string? Characterisation { get; set; }
}

/// <summary>What a tool said a file is.</summary>
public sealed class Identification
{
    /// <summary>Method of an identification that whoever kept the file before stated; it was not made here.</summary>
    public const string Stated = "stated";

    public long Id { get; init; }

    public long StoredFileId { get; init; }

    public required string Tool { get; init; }

    public string SignatureVersion { get; init; } = "";

    /// <summary>container, signature, length, extension, or <see cref="Stated"/>.</summary>
    public required string Method { get; init; }

    /// <summary>PRONOM unique identifier, such as <c>fmt/468</c>; empty when the tool found none.</summary>
    public string Puid { get; init; } = "";

    /// <summary>In the words of whoever maintains the signatures.</summary>
    public string FormatName { get; init; } = "";

    public string FormatVersion { get; init; } = "";

    public string MimeType { get; init; } = "";
}
