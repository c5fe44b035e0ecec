using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>
/// Codes the pixels of one cell: each as a choice among its neighbours (left, above, above left, above right), else the colour that
/// last broke out of the left one, else a colour of the palette, else in full. docs/frame-stream.md, "Pixels".
/// </summary>
internal sealed class PixelCoder<TBits>(TBits bits)
    where TBits : struct, IBitCoder
{
    private const int Patterns = 256;
    private const int Hues = 64;
    private const int PaletteContexts = 16;
    private const int Activities = 3;

    private readonly Palette _palette = new();
    private readonly uint[] _left = AdaptiveBit.Make(Patterns * 2);
    private readonly uint[] _above = AdaptiveBit.Make(Patterns * 2);
    private readonly uint[] _diagonal = AdaptiveBit.Make(64);
    private readonly uint[] _kept = AdaptiveBit.Make(64);
    private readonly uint[] _escapeHit = AdaptiveBit.Make(4);
    private readonly uint[] _inPalette = AdaptiveBit.Make(4);
    private readonly uint[] _index = AdaptiveBit.Make(PaletteContexts << FrameFormat.PaletteBits);
    private readonly uint[] _channels = AdaptiveBit.Make(3 * Activities << 8);
    private readonly uint[] _escape = new uint[Hues];
    private readonly byte[] _changed = new byte[2 * (FrameFormat.MaximumCellSide + 2)];
    private int _escapeHistory;
    private int _paletteHistory;

    public void Reset()
    {
        foreach (var models in new[] { _left, _above, _diagonal, _kept, _escapeHit, _inPalette, _index, _channels })
        {
            Array.Fill(models, AdaptiveBit.Even);
        }

        Array.Clear(_escape);
        _palette.Reset();
        _escapeHistory = 0;
        _paletteHistory = 0;
    }

    /// <summary>Codes a cell into <paramref name="picture"/>; when encoding, its pixels come from <paramref name="source"/>.</summary>
    /// <param name="picture">What the viewer sees, row by row.</param>
    /// <param name="source">The screen; not read when decoding.</param>
    /// <param name="width">Of both, in pixels.</param>
    /// <param name="area">The cell, within the picture.</param>
    /// <param name="step">1, or 2 when every pixel stands for a square of four; the area's sides are then even.</param>
    /// <param name="isDelta">Whether most pixels are as they were.</param>
    public void Code(uint[] picture, uint[] source, int width, Rectangle area, int step, bool isDelta)
    {
        var before = _changed.AsSpan(0, FrameFormat.MaximumCellSide + 2);
        var now = _changed.AsSpan(FrameFormat.MaximumCellSide + 2);
        _changed.AsSpan().Clear();
        for (var y = area.Y; y < area.Bottom; y += step)
        {
            CodeRow(picture, source, width, area, y, step, isDelta, before, now);
            if (step == 2)
            {
                picture.AsSpan((y * width) + area.X, area.Width).CopyTo(picture.AsSpan(((y + 1) * width) + area.X));
            }

            var swap = before;
            before = now;
            now = swap;
        }
    }

    /// <summary>Codes one colour without neighbours: a hit in the palette or in full.</summary>
    public uint CodeColor(uint color, uint near) => CodeFarColor(color, near, near, near, near);

    private void CodeRow(
        uint[] picture, uint[] source, int width, Rectangle area, int y, int step, bool isDelta, Span<byte> before, Span<byte> now)
    {
        var row = y * width;
        var hasAbove = y > 0;
        var hasFarAbove = y >= 1 + step;
        var w = area.X > 0 ? picture[row + area.X - 1] : 0;
        var ww = area.X > step ? picture[row + area.X - 1 - step] : 0;
        var nw = area.X > 0 && hasAbove ? picture[row - width + area.X - 1] : 0;
        var n = hasAbove ? picture[row - width + area.X] : 0;
        var column = 1;
        for (var x = area.X; x < area.Right; x += step, column++)
        {
            // Right of the cell only the row above the cell is settled.
            var ne = x + step < area.Right || (y == area.Y && hasAbove && x + step < width)
                ? hasAbove ? picture[row - width + x + step] : 0
                : n;
            var nn = hasFarAbove ? picture[row + x - ((1 + step) * width)] : 0;
            var wanted = TBits.IsEncoder ? source[row + x] : 0;
            var pattern = (w == n ? 1 : 0) | (w == nw ? 2 : 0) | (n == nw ? 4 : 0) | (n == ne ? 8 : 0)
                | (w == ww ? 16 : 0) | (n == nn ? 32 : 0) | (nw == ne ? 64 : 0) | (w == ne ? 128 : 0);
            uint color;
            if (isDelta)
            {
                var old = picture[row + x];
                var context = now[column - 1] | (before[column] << 1) | (before[column - 1] << 2) | (before[column + 1] << 3)
                    | (old == w ? 16 : 0) | (old == n ? 32 : 0);
                var isKept = bits.Code(wanted == old, ref _kept[context]);
                now[column] = isKept ? (byte)0 : (byte)1;
                color = isKept ? old : CodeNear(wanted, pattern + Patterns, w, n, nw, ne, old, true);
            }
            else
            {
                color = CodeNear(wanted, pattern, w, n, nw, ne, 0, false);
            }

            picture[row + x] = color;
            if (step == 2)
            {
                picture[row + x + 1] = color;
            }

            ww = w;
            w = color;
            nw = n;
            n = ne;
        }
    }

    private uint CodeNear(uint wanted, int pattern, uint w, uint n, uint nw, uint ne, uint old, bool excludesOld)
    {
        if (!(excludesOld && w == old) && bits.Code(wanted == w, ref _left[pattern]))
        {
            return w;
        }

        if (n != w && !(excludesOld && n == old) && bits.Code(wanted == n, ref _above[pattern]))
        {
            return n;
        }

        if (nw != w && nw != n && !(excludesOld && nw == old) && bits.Code(wanted == nw, ref _diagonal[pattern & 31]))
        {
            return nw;
        }

        if (ne != w && ne != n && ne != nw && !(excludesOld && ne == old) && bits.Code(wanted == ne, ref _diagonal[32 + (pattern & 31)]))
        {
            return ne;
        }

        return CodeFarColor(wanted, w, n, nw, ne);
    }

    private uint CodeFarColor(uint wanted, uint w, uint n, uint nw, uint ne)
    {
        var hue = Hue(w);
        var guess = _escape[hue];
        if (guess != w && guess != n && guess != nw && guess != ne)
        {
            var isGuess = bits.Code(wanted == guess, ref _escapeHit[_escapeHistory]);
            _escapeHistory = ((_escapeHistory << 1) | (isGuess ? 1 : 0)) & 3;
            if (isGuess)
            {
                return guess;
            }
        }

        var color = CodePaletteOrFull(wanted, hue & (PaletteContexts - 1), w, n, nw);
        _escape[hue] = color;
        return color;
    }

    private uint CodePaletteOrFull(uint wanted, int context, uint w, uint n, uint nw)
    {
        var index = TBits.IsEncoder ? _palette.Find(wanted) : -1;
        var isIndexed = bits.Code(index >= 0, ref _inPalette[_paletteHistory]);
        _paletteHistory = ((_paletteHistory << 1) | (isIndexed ? 1 : 0)) & 3;
        if (isIndexed)
        {
            var models = _index.AsSpan(context << FrameFormat.PaletteBits, FrameFormat.PaletteLength);
            index = SymbolTree.Code(bits, models, FrameFormat.PaletteBits, index);
            return index < _palette.Count ? _palette[index] : throw new FrameFormatException("A colour of the palette that was never sent.");
        }

        var color = CodeFull(wanted, w, n, nw);
        _palette.Add(color);
        return color;
    }

    /// <summary>Green, red, blue: each as the difference from what left, above and above left make likely.</summary>
    private uint CodeFull(uint wanted, uint w, uint n, uint nw)
    {
        var color = 0u;
        var activity = Activity(w, n, nw);
        for (var channel = 0; channel < 3; channel++)
        {
            var shift = channel == 0 ? 8 : channel == 1 ? 16 : 0;
            var likely = Likely((int)(w >> shift) & 255, (int)(n >> shift) & 255, (int)(nw >> shift) & 255);
            var difference = ((int)(wanted >> shift) - likely) & 255;
            var models = _channels.AsSpan(((channel * Activities) + activity) << 8, 256);
            difference = SymbolTree.Code(bits, models, 8, difference);
            color |= (uint)((likely + difference) & 255) << shift;
        }

        return color;
    }

    private static int Activity(uint w, uint n, uint nw)
    {
        var sum = Math.Abs((int)((w >> 8) & 255) - (int)((nw >> 8) & 255)) + Math.Abs((int)((n >> 8) & 255) - (int)((nw >> 8) & 255));
        return sum < 4 ? 0 : sum < 24 ? 1 : 2;
    }

    private static int Likely(int w, int n, int nw) =>
        nw >= Math.Max(w, n) ? Math.Min(w, n) : nw <= Math.Min(w, n) ? Math.Max(w, n) : w + n - nw;

    /// <summary>A few bits of a colour: red x 5 + green x 19 + blue x 37, divided by 8, its low six bits.</summary>
    private static int Hue(uint color) =>
        (int)(((((color >> 16) & 255) * 5) + (((color >> 8) & 255) * 19) + ((color & 255) * 37)) >> 3) & (Hues - 1);
}
