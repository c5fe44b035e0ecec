using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>
/// Codes the hardware cursor: none, one of the last eight shapes, or a new shape. Colours are sent plainly, so that even the
/// costliest cursor takes at most 25 KB.
/// </summary>
internal sealed class CursorCoder<TBits>(TBits bits)
    where TBits : struct, IBitCoder
{
    private const int ShapeBits = 3;

    private readonly CursorImage?[] _shapes = new CursorImage?[1 << ShapeBits];
    private readonly NumberModel _size = new();
    private readonly uint[] _isShown = AdaptiveBit.Make(1);
    private readonly uint[] _isKnown = AdaptiveBit.Make(1);
    private readonly uint[] _isOpaque = AdaptiveBit.Make(16);
    private readonly uint[] _isLast = AdaptiveBit.Make(4);
    private readonly uint[] _isOther = AdaptiveBit.Make(1);
    private int _next;

    public void Reset()
    {
        Array.Clear(_shapes);
        _next = 0;
        _size.Reset();
        foreach (var models in new[] { _isShown, _isKnown, _isOpaque, _isLast, _isOther })
        {
            Array.Fill(models, AdaptiveBit.Even);
        }
    }

    /// <param name="cursor">At most <see cref="FrameFormat.MaximumCursorSide"/> a side; ignored when decoding.</param>
    public CursorImage? Code(CursorImage? cursor)
    {
        if (!bits.Code(cursor is not null, ref _isShown[0]))
        {
            return null;
        }

        var known = TBits.IsEncoder ? FindShape(cursor!) : 0;
        if (bits.Code(known >= 0, ref _isKnown[0]))
        {
            return _shapes[CodePlain(known, ShapeBits)] ?? throw new FrameFormatException("A cursor that was never sent.");
        }

        var shape = CodeShape(cursor ?? new CursorImage(0, 0, 0, 0, []));
        _shapes[_next] = shape;
        _next = (_next + 1) & ((1 << ShapeBits) - 1);
        return shape;
    }

    private int FindShape(CursorImage cursor) => Array.FindIndex(_shapes, shape => shape is not null
        && (shape.Width, shape.Height, shape.HotspotX, shape.HotspotY) == (cursor.Width, cursor.Height, cursor.HotspotX, cursor.HotspotY)
        && shape.Bgra.AsSpan().SequenceEqual(cursor.Bgra));

    private CursorImage CodeShape(CursorImage cursor)
    {
        var width = CodeSide(cursor.Width);
        var height = CodeSide(cursor.Height);
        var hotspotX = CodeSide(cursor.HotspotX);
        var hotspotY = CodeSide(cursor.HotspotY);
        var pixels = new byte[width * height * 4];
        uint last = 0;
        uint other = 0xFFFFFF;
        for (var i = 0; i < width * height; i++)
        {
            var x = i % width;
            var context = (x > 0 && pixels[(i * 4) - 1] != 0 ? 1 : 0) | (i >= width && pixels[((i - width) * 4) + 3] != 0 ? 2 : 0)
                | (x > 1 && pixels[(i * 4) - 5] != 0 ? 4 : 0) | (i >= width && x + 1 < width && pixels[((i - width) * 4) + 7] != 0 ? 8 : 0);
            if (!bits.Code(TBits.IsEncoder && cursor.Bgra[(i * 4) + 3] != 0, ref _isOpaque[context]))
            {
                continue;
            }

            var color = CodeColor(TBits.IsEncoder ? BitConverter.ToUInt32(cursor.Bgra, i * 4) & 0xFFFFFF : 0, last, other, context & 3);
            if (color != last)
            {
                other = last;
                last = color;
            }

            BitConverter.TryWriteBytes(pixels.AsSpan(i * 4), color | 0xFF000000);
        }

        return new CursorImage(width, height, hotspotX, hotspotY, pixels);
    }

    private uint CodeColor(uint color, uint last, uint other, int context) =>
        bits.Code(color == last, ref _isLast[context]) ? last
        : bits.Code(color == other, ref _isOther[0]) ? other
        : (uint)CodePlain((int)color, 24);

    private int CodeSide(int side)
    {
        side = _size.Code(bits, side);
        return side <= FrameFormat.MaximumCursorSide ? side : throw new FrameFormatException("A cursor that is too large.");
    }

    private int CodePlain(int number, int width)
    {
        var value = 0;
        for (var i = width - 1; i >= 0; i--)
        {
            var even = AdaptiveBit.Even;
            value = (value << 1) | (bits.Code(((number >> i) & 1) != 0, ref even) ? 1 : 0);
        }

        return value;
    }
}
