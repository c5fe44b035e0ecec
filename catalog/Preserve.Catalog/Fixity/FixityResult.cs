namespace Preserve.Catalog.Fixity;

/// <summary>What a check of one file found.</summary>
/// <param name="Outcome">Whether the bytes are those that were stored.</param>
/// <param name="ObjectId">Whose file it is.</param>
/// <param name="Path">Below the storage root.</param>
/// <param name="LengthInBytes">How much was read.</param>
/// <param name="Text">The finding in words.</param>
public sealed record FixityResult(FixityOutcome Outcome, string ObjectId, string Path, long LengthInBytes, string Text);

/// <summary>How a check ends.</summary>
public enum FixityOutcome
{
    /// <summary>Every byte is as it was stored.</summary>
    Sound,

    /// <summary>The digests differ from those recorded.</summary>
    Differs,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>The file is there and cannot be read.</summary>
    Unreadable,
}
