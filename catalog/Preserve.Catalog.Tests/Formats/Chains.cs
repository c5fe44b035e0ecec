using Preserve.Catalog.Formats.Patterns;

namespace Preserve.Catalog.Tests.Formats;

/// <summary>Chains of one pattern.</summary>
internal static class Chains
{
    public static ByteChain FromBeginning(string pattern, int minimum = 0, int? maximum = 0)
    {
        var steps = Steps(pattern);
        steps[0] = new ChainStep([.. steps[0].Options.Select(option => option with { Before = new Gap(minimum, maximum) })]);
        return new ByteChain(false, steps);
    }

    public static ByteChain FromEnd(string pattern, int minimum = 0, int? maximum = 0)
    {
        var steps = Steps(pattern);
        steps.Reverse();
        steps = steps.ConvertAll(step => step.Mirrored());
        steps[0] = new ChainStep([.. steps[0].Options.Select(option => option with { Before = new Gap(minimum, maximum) })]);
        return new ByteChain(true, steps);
    }

    private static List<ChainStep> Steps(string pattern) =>
        [.. PatternSyntax.Parse(pattern).Select(part => new ChainStep([.. part.Pieces.Select(piece => new ChainOption(part.Gap, piece, Gap.None))]))];
}
