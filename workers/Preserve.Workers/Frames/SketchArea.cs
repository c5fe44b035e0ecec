using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>A rectangle of cells that a sketch spans.</summary>
internal readonly record struct SketchArea(int Column, int Row, int Columns, int Rows)
{
    /// <summary>Pixels of one sketch at most; a larger area is cut into several, so that each fits a blob at its coarsest.</summary>
    private const int MostPixels = 1 << 20;

    // A sketch has some 600 bytes of tables, whatever it shows.
    private const int WorthwhileCells = 16;

    public int Count => Columns * Rows;

    /// <summary>Cuts cells into areas: one around each run of cell rows that have any. What is too little for a sketch is taken out of the set.</summary>
    public static List<SketchArea> Around(CellSet cells, CellGrid grid)
    {
        var areas = new List<SketchArea>();
        for (var index = cells.Next(0); index >= 0;)
        {
            var area = RunFrom(cells, grid, index / grid.Columns, out var count);
            var next = (area.Row + area.Rows) * grid.Columns;
            if (count >= WorthwhileCells)
            {
                areas.Add(area);
            }
            else
            {
                Drop(cells, index, next);
            }

            index = next < grid.Count ? cells.Next(next) : -1;
        }

        return areas;
    }

    /// <summary>The pixels of it, within the picture.</summary>
    public Rectangle Pixels(CellGrid grid) =>
        new Rectangle(Column * grid.CellWidth, Row * grid.CellHeight, Columns * grid.CellWidth, Rows * grid.CellHeight).ClipTo(grid.Width, grid.Height);

    /// <summary>Length of a side of the sketch, in its own pixels.</summary>
    public static int Reduced(int side, int shift) => (side + (1 << shift) - 1) >> shift;

    private static SketchArea RunFrom(CellSet cells, CellGrid grid, int firstRow, out int count)
    {
        var (left, right, row) = (grid.Columns, 0, firstRow);
        count = 0;
        for (; row < grid.Rows && (row == firstRow || (row - firstRow + 1) * grid.CellHeight * grid.Width <= MostPixels); row++)
        {
            var before = count;
            for (var index = cells.Next(row * grid.Columns); index >= 0 && index < (row + 1) * grid.Columns; index = cells.Next(index + 1))
            {
                (left, right) = (Math.Min(left, index % grid.Columns), Math.Max(right, (index % grid.Columns) + 1));
                count++;
            }

            if (count == before)
            {
                break;
            }
        }

        return new SketchArea(left, firstRow, right - left, row - firstRow);
    }

    private static void Drop(CellSet cells, int from, int to)
    {
        for (var index = from; index >= 0 && index < to; index = cells.Next(index + 1))
        {
            cells.Remove(index);
        }
    }
}
