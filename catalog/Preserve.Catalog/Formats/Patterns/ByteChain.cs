namespace Preserve.Catalog.Formats.Patterns;

/// <summary>How many bytes may lie between two pieces.</summary>
/// <param name="Minimum">At least so many.</param>
/// <param name="Maximum">At most so many; null for as far as is searched.</param>
internal readonly record struct Gap(int Minimum, int? Maximum)
{
    /// <summary>Right after another.</summary>
    public static Gap None { get; } = new(0, 0);

    /// <summary>Anywhere later.</summary>
    public static Gap Any { get; } = new(0, null);
}

/// <summary>One of the pieces that may stand at a place, with the gaps that belong to it.</summary>
internal readonly record struct ChainOption(Gap Before, Piece Piece, Gap After);

/// <summary>One place in a chain.</summary>
internal sealed record ChainStep(IReadOnlyList<ChainOption> Options)
{
    public bool IsUnboundedBefore { get; } = Options.All(option => option.Before.Maximum is null);

    public bool IsUnboundedAfter { get; } = Options.All(option => option.After.Maximum is null);

    /// <summary>The same place seen from the end of the file.</summary>
    public ChainStep Mirrored() => new([.. Options.Select(option => new ChainOption(option.After, option.Piece, option.Before))]);
}

/// <summary>A whole byte sequence of a signature: places one after another, from the beginning of the file or, mirrored, from its end.</summary>
/// <param name="IsFromEnd">Whether the first step is the one nearest to the end of the file.</param>
/// <param name="Steps">In the order in which they are looked for.</param>
internal sealed record ByteChain(bool IsFromEnd, IReadOnlyList<ChainStep> Steps);
