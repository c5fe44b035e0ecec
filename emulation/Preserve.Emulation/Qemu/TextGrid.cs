using Preserve.Emulation.Display;

namespace Preserve.Emulation.Qemu;

/// <summary>A picture seen as a grid of character cells: what can be told about a text screen without looking at the machine's memory.</summary>
/// <remarks>
/// Each cell is reduced to a pattern, which is the same for the same character in any two colours: for every pixel, whether it has
/// the colour of the cell's first. A cell of more than two colours is no character.
/// </remarks>
internal sealed class TextGrid
{
    private const ulong HashStart = 14695981039346656037;
    private const ulong HashFactor = 1099511628211;

    /// <summary>Cells of VGA text modes: 9 or 8 pixels wide; 16, 14 or 8 high.</summary>
    private static readonly (int Width, int Height)[] s_cells = [(9, 16), (8, 16), (9, 14), (9, 8), (8, 8)];

    private readonly ulong[] _patterns;
    private readonly bool[] _isUniform;
    private readonly uint[] _colour;

    private TextGrid(int columns, int rows)
    {
        (Columns, Rows) = (columns, rows);
        _patterns = new ulong[columns * rows];
        _isUniform = new bool[columns * rows];
        _colour = new uint[columns * rows];
    }

    public int Columns { get; }

    public int Rows { get; }

    public ulong Pattern(int cell) => _patterns[cell];

    public bool IsUniform(int cell) => _isUniform[cell];

    /// <summary>Colour of the cell's first pixel, which is all of it where it is uniform.</summary>
    public uint Colour(int cell) => _colour[cell];

    /// <summary>Every grid that the picture could be, the likeliest first; none for a picture that is no text screen.</summary>
    public static IEnumerable<TextGrid> Of(FrameCopy picture)
    {
        foreach (var (width, height) in s_cells)
        {
            var columns = picture.Width / width;
            if (IsTextMode(picture) && columns is 40 or 80 or 132 && picture.Width % width == 0 && picture.Height % height == 0
                && Read(picture, columns, width, height) is { } grid)
            {
                yield return grid;
            }
        }
    }

    /// <summary>Sizes of graphics modes are left out: looking at VGA memory in a graphics mode disturbs the guest.</summary>
    private static bool IsTextMode(FrameCopy picture) => picture.Height switch
    {
        400 => picture.Width is 720 or 640 or 360 or 320 or 1056 or 1188,
        350 => picture.Width is 720,
        _ => false,
    } && !IsDoubled(picture);

    /// <summary>A picture of 320 x 200 dots, each shown as four pixels: characters of 16 lines are finer than that.</summary>
    private static bool IsDoubled(FrameCopy picture)
    {
        if (picture.Width != 640)
        {
            return false;
        }

        for (var y = 0; y < picture.Height; y += 2)
        {
            var upper = picture.Pixels.AsSpan(y * picture.Width, picture.Width);
            if (!upper.SequenceEqual(picture.Pixels.AsSpan((y + 1) * picture.Width, picture.Width)))
            {
                return false;
            }

            for (var x = 0; x < upper.Length; x += 2)
            {
                if (upper[x] != upper[x + 1])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static TextGrid? Read(FrameCopy picture, int columns, int width, int height)
    {
        var grid = new TextGrid(columns, picture.Height / height);
        for (var cell = 0; cell < grid._patterns.Length; cell++)
        {
            if (!grid.ReadCell(picture, cell, width, height))
            {
                return null;
            }
        }

        return grid;
    }

    private bool ReadCell(FrameCopy picture, int cell, int width, int height)
    {
        var start = (cell / Columns * height * picture.Width) + (cell % Columns * width);
        var first = picture.Pixels[start];
        var second = first;
        var hash = HashStart;
        for (var y = 0; y < height; y++)
        {
            foreach (var pixel in picture.Pixels.AsSpan(start + (y * picture.Width), width))
            {
                if (pixel != first)
                {
                    if (second != first && pixel != second)
                    {
                        return false;
                    }

                    second = pixel;
                }

                hash = (hash ^ (pixel == first ? 0u : 1u)) * HashFactor;
            }
        }

        _patterns[cell] = hash;
        _isUniform[cell] = second == first;
        _colour[cell] = first;
        return true;
    }
}
