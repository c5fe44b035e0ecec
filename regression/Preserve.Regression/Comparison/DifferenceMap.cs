using System.Numerics;
using Preserve.Emulation.Display;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Comparison;

/// <summary>Where two pictures of the same size differ: for each tile of 16 x 16 pixels how many do, and how far they reach.</summary>
internal sealed class DifferenceMap
{
    private const int Side = PixelDifference.Group;

    private readonly Tile[] _tiles;
    private readonly int _columns;
    private readonly int _rows;

    private DifferenceMap(int width, int height)
    {
        (_columns, _rows) = ((width + Side - 1) / Side, (height + Side - 1) / Side);
        _tiles = new Tile[_columns * _rows];
    }

    /// <summary>Pixels that differ.</summary>
    public int Pixels { get; private set; }

    /// <summary>Compares two pictures where the mask says so.</summary>
    public static DifferenceMap Between(Picture one, Picture other, ComparisonMask mask)
    {
        var map = new DifferenceMap(one.Width, one.Height);
        for (var y = 0; y < one.Height; y++)
        {
            var a = one.Pixels.Slice(y * one.Width, one.Width);
            var b = other.Pixels.Slice(y * one.Width, one.Width);
            if (!a.SequenceEqual(b))
            {
                map.AddRow(y, a, b, mask.Row(0, y, one.Width));
            }
        }

        return map;
    }

    /// <summary>Neighbouring tiles become one area, as small as its pixels allow; the area with the most of them first.</summary>
    public IReadOnlyList<DifferingArea> Areas()
    {
        var areas = new List<DifferingArea>();
        var isSeen = new bool[_tiles.Length];
        var pending = new Stack<int>();
        for (var start = 0; start < _tiles.Length; start++)
        {
            if (_tiles[start].Pixels > 0 && !isSeen[start])
            {
                isSeen[start] = true;
                pending.Push(start);
                areas.Add(Collect(pending, isSeen));
            }
        }

        return [.. areas.OrderByDescending(area => area.Pixels).ThenBy(area => area.Area.Y).ThenBy(area => area.Area.X)];
    }

    private void AddRow(int y, ReadOnlySpan<uint> one, ReadOnlySpan<uint> other, ReadOnlySpan<uint> mask)
    {
        var tiles = _tiles.AsSpan((y / Side) * _columns, _columns);
        for (var x = 0; x < one.Length; x += Side)
        {
            var length = Math.Min(Side, one.Length - x);
            var bits = PixelDifference.Bits(one.Slice(x, length), other.Slice(x, length), mask.IsEmpty ? mask : mask.Slice(x, length));
            if (bits != 0)
            {
                var pixels = BitOperations.PopCount(bits);
                Pixels += pixels;
                tiles[x / Side].Add(x, y, bits, pixels);
            }
        }
    }

    private DifferingArea Collect(Stack<int> pending, bool[] isSeen)
    {
        var whole = default(Tile);
        while (pending.TryPop(out var index))
        {
            whole.Join(_tiles[index]);
            var (column, row) = (index % _columns, index / _columns);
            for (var y = Math.Max(row - 1, 0); y <= Math.Min(row + 1, _rows - 1); y++)
            {
                for (var x = Math.Max(column - 1, 0); x <= Math.Min(column + 1, _columns - 1); x++)
                {
                    var neighbour = (y * _columns) + x;
                    if (_tiles[neighbour].Pixels > 0 && !isSeen[neighbour])
                    {
                        isSeen[neighbour] = true;
                        pending.Push(neighbour);
                    }
                }
            }
        }

        return whole.ToArea();
    }

    /// <summary>Pixels that differ within a tile, and the smallest rectangle around them.</summary>
    private struct Tile
    {
        private int _left;
        private int _top;
        private int _right;
        private int _bottom;

        public int Pixels { get; private set; }

        public void Add(int x, int y, uint bits, int pixels) =>
            Join(x + BitOperations.TrailingZeroCount(bits), y, x + 32 - BitOperations.LeadingZeroCount(bits), y + 1, pixels);

        public void Join(Tile other) => Join(other._left, other._top, other._right, other._bottom, other.Pixels);

        public readonly DifferingArea ToArea() => new(new Rectangle(_left, _top, _right - _left, _bottom - _top), Pixels);

        private void Join(int left, int top, int right, int bottom, int pixels)
        {
            var isFirst = Pixels == 0;
            _left = isFirst ? left : Math.Min(_left, left);
            _top = isFirst ? top : Math.Min(_top, top);
            _right = Math.Max(_right, right);
            _bottom = Math.Max(_bottom, bottom);
            Pixels += pixels;
        }
    }
}
