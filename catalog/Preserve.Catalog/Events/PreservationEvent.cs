using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Events;

/// <summary>Append-only record of what was done to an object, by which agent, with what outcome (PREMIS 3.0, event).</summary>
public sealed class PreservationEvent
{
    public long Id { get; init; }

    /// <summary>Unique everywhere, also in exports; empty for events recorded before there were such.</summary>
    public string Identifier { get; init; } = Guid.CreateVersion7().ToString();

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

    /// <summary>One of many like it, such as a fixity check that found nothing new: kept in rows, not in the object's versions.</summary>
    public bool IsRoutine { get; init; }

    /// <summary>Somebody changed what is said of an object.</summary>
    /// <param name="objectId">Of the object.</param>
    /// <param name="actor">Who.</param>
    /// <param name="at">When.</param>
    /// <param name="detail">What, in words.</param>
    public static PreservationEvent OfModification(string objectId, Actor actor, DateTimeOffset at, string detail) => new()
    {
        Type = "metadata modification",
        ObjectId = objectId,
        OccurredAt = at.ToUnixTimeMilliseconds(),
        Agent = ColumnLengths.Fit(actor.Shown, ColumnLengths.Title),
        Outcome = "success",
        Detail = ColumnLengths.Fit(detail, ColumnLengths.Text),
    };
}
