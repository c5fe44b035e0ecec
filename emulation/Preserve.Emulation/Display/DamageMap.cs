using System.Numerics;

namespace Preserve.Emulation.Display;

/// <summary>Which tiles of a screen have changed: one bit for each tile of <see cref="TileSize"/> pixels square. Not thread-safe.</summary>
/// <remarks>Merging any amount of damage costs the same memory, which is why a slow viewer costs nothing.</remarks>
public sealed class DamageMap
{
    /// <summary>Width and height of a tile in pixels. Tiles at the right and lower edge may be cut off.</summary>
    public const int TileSize = 16;

    private ulong[] _bits;

    public DamageMap(int width, int height)
    {
        Columns = (width + TileSize - 1) / TileSize;
        Rows = (height + TileSize - 1) / TileSize;
        _bits = new ulong[((Columns * Rows) + 63) / 64];
    }

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
            var index = (row * Columns) + column;
            return (_bits[index >> 6] & (1UL << (index & 63))) != 0;
        }
    }

    public void Resize(int width, int height)
    {
        Columns = (width + TileSize - 1) / TileSize;
        Rows = (height + TileSize - 1) / TileSize;
        Array.Resize(ref _bits, ((Columns * Rows) + 63) / 64);
        Clear();
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
        var index = (row * Columns) + column;
        _bits[index >> 6] |= 1UL << (index & 63);
    }

    public void Unset(int column, int row)
    {
        var index = (row * Columns) + column;
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
        for (var word = 0; word < _bits.Length; word++)
        {
            for (var bits = _bits[word]; bits != 0; bits &= bits - 1)
            {
                var index = (word << 6) + BitOperations.TrailingZeroCount(bits);
                visit(index % Columns, index / Columns);
            }
        }
    }
}
