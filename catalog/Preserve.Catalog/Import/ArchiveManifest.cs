namespace Preserve.Catalog.Import;

/// <summary>A manifest that was read and is well formed: docs/archive-format.md. Every text is within its bound.</summary>
internal sealed record ArchiveManifest(IReadOnlyList<ArchiveObject> Objects);

/// <param name="Entry">How messages name it, such as <c>objects[3] "kolibrios"</c>.</param>
/// <param name="ManifestSha256">Digest of the entry as it was written, white space aside.</param>
internal sealed record ArchiveObject(string Entry, string ManifestSha256)
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Date { get; init; }

    public required IReadOnlyList<string> Creators { get; init; }

    public required string Description { get; init; }

    public required string LabelText { get; init; }

    public required string Rights { get; init; }

    public required string Source { get; init; }

    public required IReadOnlyList<ArchiveMedium> Media { get; init; }

    public required IReadOnlyList<ArchiveEnvironment> Environments { get; init; }
}

/// <param name="Entry">How messages name it, such as <c>objects[3] "kolibrios" media[0] kolibri.img</c>.</param>
/// <param name="ObjectId">Whose it is.</param>
internal sealed record ArchiveMedium(string Entry, string ObjectId)
{
    /// <summary>Of the file beside the manifest.</summary>
    public required string File { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required string Format { get; init; }

    /// <summary>Uncompressed.</summary>
    public required long LengthInBytes { get; init; }

    public required string Sha256 { get; init; }

    public required int Order { get; init; }

    public required string Label { get; init; }

    public bool IsPacked => File.EndsWith(".xz", StringComparison.Ordinal) && !Name.EndsWith(".xz", StringComparison.Ordinal);
}

/// <param name="Entry">How messages name it, such as <c>objects[3] "kolibrios" environments[0] "kolibrios"</c>.</param>
internal sealed record ArchiveEnvironment(string Entry)
{
    public required string Id { get; init; }

    /// <summary>Empty when the manifest gives none.</summary>
    public required string Title { get; init; }

    /// <summary>Profile id; empty when architecture and machine choose it.</summary>
    public required string Profile { get; init; }

    public required string Architecture { get; init; }

    public required string Machine { get; init; }

    /// <summary>Null for the profile's usual amount.</summary>
    public required int? MemoryMiB { get; init; }

    /// <summary>Bay to medium name.</summary>
    public required IReadOnlyDictionary<string, string> Drives { get; init; }

    public required string Boot { get; init; }

    public required double? SettlesAfterSeconds { get; init; }

    public required string SettledScreen { get; init; }

    public required IReadOnlyList<string> TryThis { get; init; }

    public required string Volatile { get; init; }

    public required string Sound { get; init; }

    public required bool Flashes { get; init; }
}
