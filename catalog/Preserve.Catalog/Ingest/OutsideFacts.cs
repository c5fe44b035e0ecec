using Preserve.Catalog.Events;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Ingest;

/// <summary>What came with uploads from whoever kept them before, taken over as theirs: never mixed with what was found here.</summary>
public sealed record OutsideFacts
{
    /// <summary>What files were called, with their folders, by upload.</summary>
    public IReadOnlyDictionary<Guid, string> OriginalNames { get; init; } = new Dictionary<Guid, string>();

    /// <summary>What files were identified as, by upload; their method is <see cref="Identification.Stated"/>.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<Identification>> Identifications { get; init; } = new Dictionary<Guid, IReadOnlyList<Identification>>();

    /// <summary>What was done before they came here, and how what came was judged.</summary>
    public IReadOnlyList<PreservationEvent> Events { get; init; } = [];

    /// <summary>Whether a package that files came out of was only their wrapping for transport: it is recorded and not kept.</summary>
    public bool IsPackageTransport { get; init; }
}
