namespace Preserve.Catalog.Formats.Patterns;

/// <summary>
/// Decides whether a chain is in a file. Follows all ways through it at once, as sets of places reached after each step, so that no input
/// makes it try the same thing twice: the work is bounded by steps times bytes.
/// </summary>
/// <remarks>
/// Places are counted from the anchor: from the beginning of the file forwards, or from its end backwards. A gap without a maximum reaches
/// as far as <see cref="ScanLengthInBytes"/> from the anchor, as in DROID.
/// </remarks>
internal static class ChainMatcher
{
    /// <summary>How far from the anchor a piece is looked for whose place is not fixed.</summary>
    public const int ScanLengthInBytes = 64 * 1024;

    private const int Unlimited = int.MaxValue;

    /// <param name="chain">What to look for.</param>
    /// <param name="window">The first bytes of the file, or its last where the chain counts from the end.</param>
    public static bool IsMatch(ByteChain chain, ReadOnlySpan<byte> window)
    {
        var reached = new List<Span> { new(0, 0) };
        for (var index = 0; index < chain.Steps.Count; index++)
        {
            var step = chain.Steps[index];
            var onlyNearest = index == chain.Steps.Count - 1 || step.IsUnboundedAfter || chain.Steps[index + 1].IsUnboundedBefore;
            var next = new List<Span>();
            foreach (var option in step.Options)
            {
                Follow(option, Starts(reached, option.Before), window, chain.IsFromEnd, onlyNearest, next);
            }

            if (next.Count == 0)
            {
                return false;
            }

            next.Sort((left, right) => left.From.CompareTo(right.From));
            reached = next;
        }

        return true;
    }

    /// <summary>Where the next piece may begin, in order and without overlap.</summary>
    private static List<Span> Starts(List<Span> reached, Gap gap)
    {
        var starts = new List<Span>();
        foreach (var span in reached)
        {
            var from = Add(span.From, gap.Minimum);
            var to = gap.Maximum is { } maximum ? Add(span.To, maximum) : Unlimited;
            if (starts.Count > 0 && from <= Add(starts[^1].To, 1))
            {
                starts[^1] = starts[^1] with { To = Math.Max(starts[^1].To, to) };
            }
            else
            {
                starts.Add(new Span(from, to));
            }
        }

        return starts;
    }

    private static void Follow(
        ChainOption option, List<Span> starts, ReadOnlySpan<byte> window, bool isFromEnd, bool onlyNearest, List<Span> reached)
    {
        foreach (var span in starts)
        {
            var last = Math.Min(span.To == Unlimited ? ScanLengthInBytes : span.To, window.Length - option.Piece.Length);
            for (var at = span.From; at <= last; at++)
            {
                at = Find(option.Piece, window, isFromEnd, at, last);
                if (at < 0)
                {
                    break;
                }

                var end = at + option.Piece.Length;
                Join(reached, new Span(Add(end, option.After.Minimum), option.After.Maximum is { } maximum ? Add(end, maximum) : Unlimited));
                if (onlyNearest)
                {
                    return;
                }
            }
        }
    }

    // What is next to the last span becomes part of it: only the places count, not the ways there.
    private static void Join(List<Span> reached, Span span)
    {
        if (reached.Count > 0 && span.From >= reached[^1].From && span.From <= Add(reached[^1].To, 1))
        {
            reached[^1] = reached[^1] with { To = Math.Max(reached[^1].To, span.To) };
        }
        else
        {
            reached.Add(span);
        }
    }

    private static int Find(Piece piece, ReadOnlySpan<byte> window, bool isFromEnd, int from, int to)
    {
        if (!isFromEnd)
        {
            return piece.Find(window, from, to);
        }

        var mirror = window.Length - piece.Length;
        var found = piece.FindLast(window, mirror - to, mirror - from);
        return found < 0 ? -1 : mirror - found;
    }

    private static int Add(int place, int distance) => (int)Math.Min(Unlimited, (long)place + distance);

    private readonly record struct Span(int From, int To);
}
