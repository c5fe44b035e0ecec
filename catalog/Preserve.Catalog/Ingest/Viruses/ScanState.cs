namespace Preserve.Catalog.Ingest.Viruses;

/// <summary>What is known of viruses in an upload. Stored by name: add, never rename.</summary>
public enum ScanState
{
    /// <summary>Nobody was asked yet.</summary>
    None,

    Clean,

    /// <summary>Not accepted unless an administrator says so, with a reason.</summary>
    Infected,

    /// <summary>The scanner was away or would not; asked again later. Never taken for clean.</summary>
    NotScanned,
}
