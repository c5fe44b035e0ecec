namespace Preserve.Catalog.Ingest;

/// <summary>What a curator says an object is, and of which uploads it is made.</summary>
public sealed record AcceptanceRequest
{
    /// <summary><c>[a-z0-9-]{1,64}</c>, not in the collection yet.</summary>
    public required string ObjectId { get; init; }

    public required string Title { get; init; }

    public string Date { get; init; } = "";

    public IReadOnlyList<string> Creators { get; init; } = [];

    public string Description { get; init; } = "";

    /// <summary>Licence or rights statement in words; may be empty, and then nothing of it is shown.</summary>
    public string Rights { get; init; } = "";

    public string Source { get; init; } = "";

    public required IReadOnlyList<AcceptanceMedium> Media { get; init; }

    /// <summary>What whoever kept it before says of it; null where nobody does.</summary>
    public OutsideFacts? Outside { get; init; }
}

/// <summary>One carrier, of one or more files in order: a CUE and its BIN, the parts of an E01.</summary>
public sealed record AcceptanceMedium
{
    /// <summary>Unique within the object.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="AcceptanceWords.Kinds"/> or a floppy of its capacity, such as <c>floppy-1440K</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="AcceptanceWords.Formats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>What is written on it.</summary>
    public string Label { get; init; } = "";

    /// <summary>Uploads, in the order of the files.</summary>
    public required IReadOnlyList<Guid> Files { get; init; }
}

/// <summary>The object, or everything that is wrong.</summary>
public sealed record AcceptanceResult(IReadOnlyList<string> Problems)
{
    public bool IsDone => Problems.Count == 0;
}
