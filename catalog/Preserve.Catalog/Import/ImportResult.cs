namespace Preserve.Catalog.Import;

/// <summary>How an import went. With problems nothing was imported, at all.</summary>
public sealed record ImportResult
{
    /// <summary>What is wrong, each naming its entry; empty when the archive is in the catalog.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public int ObjectsAdded { get; init; }

    public int ObjectsUpdated { get; init; }

    public int ObjectsUnchanged { get; init; }

    public int MediaAdded { get; init; }

    public int EnvironmentsAdded { get; init; }

    public int ExhibitsAdded { get; init; }

    /// <summary>Bytes of the files beside the manifest, all read and compared with their digests.</summary>
    public long LengthCheckedInBytes { get; init; }

    public bool IsSuccess => Problems.Count == 0;
}
