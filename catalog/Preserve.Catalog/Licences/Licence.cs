namespace Preserve.Catalog.Licences;

/// <summary>A permission to use an object, perhaps for a number of people at one time.</summary>
public sealed class Licence
{
    public long Id { get; init; }

    public required string ObjectId { get; init; }

    public required string Title { get; set; }

    /// <summary>Simultaneous uses; null for no limit.</summary>
    public int? Seats { get; set; }
}

/// <summary>One seat taken by one session. Gone when the session has ended.</summary>
public sealed class Seat
{
    public long Id { get; init; }

    public required long LicenceId { get; init; }

    public required Guid SessionId { get; init; }
}
