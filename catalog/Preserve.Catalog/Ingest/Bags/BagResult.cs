namespace Preserve.Catalog.Ingest.Bags;

/// <summary>How a bag was taken.</summary>
/// <param name="Problems">Why it was refused; empty when it was not.</param>
/// <param name="Accepted">Ids of the objects that are in the collection now.</param>
/// <param name="AlreadyThere">Ids of those that it had.</param>
/// <param name="Proposal">How it would be described.</param>
public sealed record BagResult(IReadOnlyList<string> Problems, IReadOnlyList<string> Accepted, IReadOnlyList<string> AlreadyThere, AcceptanceRequest? Proposal)
{
    public bool IsDone => Problems.Count == 0;

    /// <summary>The uploads of <see cref="Proposal"/>, by id.</summary>
    public IReadOnlyDictionary<Guid, Upload> Uploads { get; init; } = new Dictionary<Guid, Upload>();

    /// <summary>Whether it was refused for infected files and nothing else.</summary>
    public bool IsInfected { get; init; }

    /// <summary>Whether it was exported here: its objects come back as they were, and there is nothing to describe.</summary>
    public bool ComesBack { get; init; }

    public static BagResult Refused(string problem) => new([problem], [], [], null);
}
