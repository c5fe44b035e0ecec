using System.Numerics;

namespace Preserve.Emulation.Display;

/// <summary>Which tiles of a screen have changed: one bit for each tile of <see cref="TileSize"/> pixels square. Not thread-safe.</summary>
/// <remarks>Merging any amount of damage costs the same memory, which is why a slow viewer costs nothing.</remarks>
public sealed class DamageMap
{
    /// <summary>Width and height of a tile in pixels. Tiles at the right and lower edge may be cut off.</summary>
    public const int TileSize = 16;

    private ulong[] _bits = [];

    public DamageMap(int width, int height) => Resize(width, height);

    public int Columns { get; private set; }

    public int Rows { get; private set; }

    public bool IsEmpty => _bits.AsSpan().IndexOfAnyExcept(0UL) < 0;

    /// <summary>How many tiles are damaged.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _bits)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    public bool this[int column, int row]
    {
        get
        {
            var index = IndexOf(column, row);
            return (_bits[index >> 6] & (1UL << (index & 63))) != 0;
        }
    }

    /// <summary>Takes the size of another screen, in pixels; nothing is damaged then.</summary>
    public void Resize(int width, int height)
    {
        Columns = (width + TileSize - 1) / TileSize;
        Rows = (height + TileSize - 1) / TileSize;
        var words = ((Columns * Rows) + 63) / 64;
        if (words == _bits.Length)
        {
            Clear();
        }
        else
        {
            _bits = new ulong[words];
        }
    }

    /// <summary>Adds every tile that the area touches. The area must lie within the screen.</summary>
    public void Add(Rectangle area)
    {
        if (area.IsEmpty)
        {
            return;
        }

        var lastColumn = (area.Right - 1) / TileSize;
        var lastRow = (area.Bottom - 1) / TileSize;
        for (var row = area.Y / TileSize; row <= lastRow; row++)
        {
            for (var column = area.X / TileSize; column <= lastColumn; column++)
            {
                Set(column, row);
            }
        }
    }

    public void Set(int column, int row)
    {
        var index = IndexOf(column, row);
        _bits[index >> 6] |= 1UL << (index & 63);
    }

    public void Unset(int column, int row)
    {
        var index = IndexOf(column, row);
        _bits[index >> 6] &= ~(1UL << (index & 63));
    }

    /// <summary>Adds what another map of the same size holds.</summary>
    public void Add(DamageMap other)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
        }
    }

    public void Clear() => Array.Clear(_bits);

    /// <summary>Calls <paramref name="visit"/> with column and row of every damaged tile, row by row.</summary>
    public void ForEach(Action<int, int> visit)
    {
        for (var index = Next(0, isSet: true); index < Columns * Rows; index = Next(index + 1, isSet: true))
        {
            visit(index % Columns, index / Columns);
        }
    }

    /// <summary>Finds the next damaged tiles that lie side by side in one row.</summary>
    /// <param name="position">Where to begin, counted row by row: 0 at first; afterwards where the next search begins.</param>
    /// <param name="run">Column and row of the first of them, and how many.</param>
    /// <returns>False when there are no more.</returns>
    internal bool TryFindRun(ref int position, out (int Column, int Row, int Count) run)
    {
        var first = Next(position, isSet: true);
        if (first >= Columns * Rows)
        {
            run = default;
            return false;
        }

        var (row, column) = Math.DivRem(first, Columns);
        position = Math.Min(Next(first + 1, isSet: false), (row + 1) * Columns);
        run = (column, row, position - first);
        return true;
    }

    // The first set or unset bit from index on; past the last tile when there is none.
    private int Next(int index, bool isSet)
    {
        for (var word = index >> 6; word < _bits.Length; word++)
        {
            var bits = isSet ? _bits[word] : ~_bits[word];
            if (word == index >> 6)
            {
                bits &= ulong.MaxValue << (index & 63);
            }

            if (bits != 0)
            {
                return (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return _bits.Length << 6;
    }

    private int IndexOf(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
        return (row * Columns) + column;
    }
}
