using System.Numerics;

namespace Preserve.Emulation.Display;

/// <summary>Inner loops over rows of pixels, which note the tiles that really change.</summary>
/// <remarks>
/// Servers send equal pixels again, a whole scan line for a moved pointer or a screen for a page flip. Comparing while copying
/// is nearly free, since both are in the cache; sending them on to every viewer is not.
/// </remarks>
internal static class PixelRow
{
    private const uint ColourMask = 0x00FFFFFF;

    /// <summary>Stores a row without its unused top bytes.</summary>
    /// <param name="source">Pixels as they came, of the same length as <paramref name="target"/>.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="x">Column of the screen, in pixels, of the first of them.</param>
    /// <param name="tileRow">Row of tiles they lie in.</param>
    /// <param name="changed">Gets the tiles in which a pixel differs.</param>
    public static void Store(ReadOnlySpan<uint> source, Span<uint> target, int x, int tileRow, DamageMap changed)
    {
        for (var start = 0; start < target.Length;)
        {
            var length = LengthWithinTile(x + start, target.Length - start);
            if (StoreSegment(source.Slice(start, length), target.Slice(start, length)))
            {
                changed.Set((x + start) / DamageMap.TileSize, tileRow);
            }

            start += length;
        }
    }

    /// <summary>Moves a row of the screen, which may overlap its target. Parameters as in <see cref="Store"/>.</summary>
    public static void Move(ReadOnlySpan<uint> source, Span<uint> target, int x, int tileRow, DamageMap changed)
    {
        for (var start = 0; start < target.Length;)
        {
            var length = LengthWithinTile(x + start, target.Length - start);
            if (!source.Slice(start, length).SequenceEqual(target.Slice(start, length)))
            {
                changed.Set((x + start) / DamageMap.TileSize, tileRow);
            }

            start += length;
        }

        // Only now: source and target may be the same row.
        source.CopyTo(target);
    }

    private static int LengthWithinTile(int x, int remaining) => Math.Min(remaining, DamageMap.TileSize - (x % DamageMap.TileSize));

    private static bool StoreSegment(ReadOnlySpan<uint> source, Span<uint> target)
    {
        var difference = Vector<uint>.Zero;
        var mask = new Vector<uint>(ColourMask);
        var done = 0;
        for (; done <= target.Length - Vector<uint>.Count; done += Vector<uint>.Count)
        {
            var pixels = new Vector<uint>(source[done..]) & mask;
            difference |= pixels ^ new Vector<uint>(target[done..]);
            pixels.CopyTo(target[done..]);
        }

        var rest = 0u;
        for (; done < target.Length; done++)
        {
            var pixel = source[done] & ColourMask;
            rest |= pixel ^ target[done];
            target[done] = pixel;
        }

        return rest != 0 || difference != Vector<uint>.Zero;
    }
}
