namespace Preserve.Catalog.Events;

/// <summary>Append-only record of what was done to an object, by which agent, with what outcome (PREMIS 3.0, event).</summary>
public sealed class PreservationEvent
{
    public long Id { get; init; }

    /// <summary>A term of id.loc.gov/vocabulary/preservation/eventType, such as <c>ingestion</c>.</summary>
    public required string Type { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>UTC milliseconds.</summary>
    public required long OccurredAt { get; init; }

    /// <summary>Who or what did it, such as <c>preserve import 0.1.0</c>.</summary>
    public required string Agent { get; init; }

    /// <summary>success or failure.</summary>
    public required string Outcome { get; init; }

    public string Detail { get; init; } = "";
}
