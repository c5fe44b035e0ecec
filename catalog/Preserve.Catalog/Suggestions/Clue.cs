namespace Preserve.Catalog.Suggestions;

/// <summary>One thing about a medium that speaks for a machine.</summary>
/// <param name="Architecture">As profiles name it.</param>
/// <param name="Boot">What such a machine would boot from.</param>
/// <param name="Medium">The medium that it would boot.</param>
/// <param name="Weight">How strongly it speaks, 1 to 100.</param>
/// <param name="Reason">In words.</param>
internal sealed record Clue(string Architecture, string Boot, string Medium, int Weight, string Reason);
