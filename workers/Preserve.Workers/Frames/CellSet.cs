using System.Numerics;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>Some of a picture's cells: one bit each.</summary>
internal sealed class CellSet
{
    private ulong[] _bits = [];
    private CellGrid _grid;

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

    public bool IsEmpty => _bits.AsSpan().IndexOfAnyExcept(0UL) < 0;

    /// <summary>Starts over with none of a grid's cells.</summary>
    public void Clear(CellGrid grid)
    {
        _grid = grid;
        var words = (grid.Count + 63) / 64;
        if (words == _bits.Length)
        {
            Array.Clear(_bits);
        }
        else
        {
            _bits = new ulong[words];
        }
    }

    /// <summary>Starts over with every cell of a grid.</summary>
    public void Fill(CellGrid grid)
    {
        Clear(grid);
        Add(new Rectangle(0, 0, grid.Width, grid.Height));
    }

    public bool Contains(int index) => (_bits[index >> 6] & (1UL << (index & 63))) != 0;

    public void Add(int index) => _bits[index >> 6] |= 1UL << (index & 63);

    /// <summary>Adds the cells of another set of the same grid.</summary>
    public void Add(CellSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
        }
    }

    /// <summary>Takes away the cells of another set of the same grid.</summary>
    public void Remove(CellSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            _bits[i] &= ~other._bits[i];
        }
    }

    /// <summary>Adds the cells that an area touches. It must lie within the picture.</summary>
    public void Add(Rectangle area)
    {
        var lastColumn = (area.Right - 1) / _grid.CellWidth;
        var lastRow = (area.Bottom - 1) / _grid.CellHeight;
        for (var row = area.Y / _grid.CellHeight; row <= lastRow; row++)
        {
            for (var column = area.X / _grid.CellWidth; column <= lastColumn; column++)
            {
                Add((row * _grid.Columns) + column);
            }
        }
    }

    public void Add(DamageMap damage)
    {
        for (var row = 0; row < damage.Rows; row++)
        {
            for (var column = 0; column < damage.Columns; column++)
            {
                if (damage[column, row])
                {
                    Add(new Rectangle(column * DamageMap.TileSize, row * DamageMap.TileSize, DamageMap.TileSize, DamageMap.TileSize)
                        .ClipTo(_grid.Width, _grid.Height));
                }
            }
        }
    }

    public void Remove(int index) => _bits[index >> 6] &= ~(1UL << (index & 63));

    /// <summary>The first cell from <paramref name="index"/> on, or -1.</summary>
    public int Next(int index)
    {
        var word = index >> 6;
        if (word >= _bits.Length)
        {
            return -1;
        }

        var bits = _bits[word] & (ulong.MaxValue << (index & 63));
        while (bits == 0)
        {
            if (++word == _bits.Length)
            {
                return -1;
            }

            bits = _bits[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>The smallest rectangle of pixels around all cells. There must be one.</summary>
    public Rectangle Bounds()
    {
        var (left, top, right, bottom) = (_grid.Width, _grid.Height, 0, 0);
        for (var index = Next(0); index >= 0; index = Next(index + 1))
        {
            var cell = _grid[index];
            (left, top) = (Math.Min(left, cell.X), Math.Min(top, cell.Y));
            (right, bottom) = (Math.Max(right, cell.Right), Math.Max(bottom, cell.Bottom));
        }

        return new Rectangle(left, top, right - left, bottom - top);
    }

    /// <summary>Drops the cells that are the same in both pictures, but for those of <paramref name="except"/>.</summary>
    public void KeepDifferent(uint[] shown, uint[] wanted, CellSet except)
    {
        for (var index = Next(0); index >= 0; index = Next(index + 1))
        {
            if (!except.Contains(index) && IsSame(shown, wanted, _grid[index]))
            {
                Remove(index);
            }
        }
    }

    private bool IsSame(uint[] shown, uint[] wanted, Rectangle area)
    {
        for (var y = area.Y; y < area.Bottom; y++)
        {
            var at = (y * _grid.Width) + area.X;
            if (!shown.AsSpan(at, area.Width).SequenceEqual(wanted.AsSpan(at, area.Width)))
            {
                return false;
            }
        }

        return true;
    }
}
