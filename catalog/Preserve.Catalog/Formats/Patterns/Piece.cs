namespace Preserve.Catalog.Formats.Patterns;

/// <summary>A part of a pattern without a gap: units one after another, always of the same length. Looked for by its longest run of fixed bytes.</summary>
internal sealed class Piece
{
    private readonly (int Offset, ByteUnit Unit)[] _units;
    private readonly byte[] _anchor = [];
    private readonly int _anchorOffset;

    public Piece(IReadOnlyList<ByteUnit> units)
    {
        var placed = new List<(int Offset, ByteUnit Unit)>();
        foreach (var unit in Joined(units))
        {
            if (unit is LiteralUnit literal && literal.Length > _anchor.Length)
            {
                (_anchor, _anchorOffset) = (literal.Bytes, Length);
            }

            placed.Add((Length, unit));
            Length += unit.Length;
        }

        _units = [.. placed.Where(place => place.Unit is not AnyUnit && (place.Unit is not LiteralUnit || place.Offset != _anchorOffset))];
    }

    /// <summary>Bytes that a match takes.</summary>
    public int Length { get; }

    /// <summary>The first match that begins from <paramref name="from"/> to <paramref name="to"/>, both included; -1 for none.</summary>
    public int Find(ReadOnlySpan<byte> window, int from, int to)
    {
        for (var at = Math.Max(from, 0); at <= to && at + Length <= window.Length; at++)
        {
            if (_anchor.Length > 0)
            {
                var found = window[(at + _anchorOffset)..Math.Min(window.Length, to + _anchorOffset + _anchor.Length)].IndexOf(_anchor);
                if (found < 0)
                {
                    return -1;
                }

                at += found;
            }

            if (at + Length <= window.Length && OthersMatch(window.Slice(at, Length)))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The last match that begins from <paramref name="from"/> to <paramref name="to"/>, both included; -1 for none.</summary>
    public int FindLast(ReadOnlySpan<byte> window, int from, int to)
    {
        from = Math.Max(from, 0);
        for (var at = Math.Min(to, window.Length - Length); at >= from; at--)
        {
            if (_anchor.Length > 0)
            {
                var found = window[(from + _anchorOffset)..(at + _anchorOffset + _anchor.Length)].LastIndexOf(_anchor);
                if (found < 0)
                {
                    return -1;
                }

                at = from + found;
            }

            if (OthersMatch(window.Slice(at, Length)))
            {
                return at;
            }
        }

        return -1;
    }

    private bool OthersMatch(ReadOnlySpan<byte> bytes)
    {
        foreach (var (offset, unit) in _units)
        {
            if (!unit.Matches(bytes.Slice(offset, unit.Length)))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<ByteUnit> Joined(IEnumerable<ByteUnit> units)
    {
        var run = new List<byte>();
        foreach (var unit in units)
        {
            if (unit is LiteralUnit literal)
            {
                run.AddRange(literal.Bytes);
                continue;
            }

            if (run.Count > 0)
            {
                yield return new LiteralUnit([.. run]);
                run.Clear();
            }

            yield return unit;
        }

        if (run.Count > 0)
        {
            yield return new LiteralUnit([.. run]);
        }
    }
}
