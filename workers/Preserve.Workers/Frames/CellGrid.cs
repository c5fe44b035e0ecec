using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>A picture cut into cells of one size; those at the right and lower edge may be smaller.</summary>
internal readonly record struct CellGrid(int Width, int Height, int CellWidth, int CellHeight)
{
    public int Columns => (Width + CellWidth - 1) / CellWidth;

    public int Rows => (Height + CellHeight - 1) / CellHeight;

    public int Count => Columns * Rows;

    /// <summary>The pixels of a cell, counted row by row.</summary>
    public Rectangle this[int index] => this[index % Columns, index / Columns];

    public Rectangle this[int column, int row]
    {
        get
        {
            var x = column * CellWidth;
            var y = row * CellHeight;
            return new Rectangle(x, y, Math.Min(CellWidth, Width - x), Math.Min(CellHeight, Height - y));
        }
    }
}
