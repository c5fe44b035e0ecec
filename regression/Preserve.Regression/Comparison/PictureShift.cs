using Preserve.Emulation.Display;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Comparison;

/// <summary>Finds the offset at which one picture is another.</summary>
internal static class PictureShift
{
    /// <summary>
    /// The nearest offset, or null. Nothing may be lost or come in at the edges but one plain colour, the same in both pictures:
    /// what is pushed out of the picture would otherwise never be missed.
    /// </summary>
    public static (int Right, int Down)? Find(AcceptedScreen accepted, Picture actual)
    {
        foreach (var offset in Offsets(accepted.MaximumShift))
        {
            if (IsMovedBy(accepted, actual, offset.Right, offset.Down) && IsPlainRim(accepted.Picture, actual, offset.Right, offset.Down))
            {
                return offset;
            }
        }

        return null;
    }

    private static IEnumerable<(int Right, int Down)> Offsets(int maximum) =>
        from right in Enumerable.Range(-maximum, (2 * maximum) + 1)
        from down in Enumerable.Range(-maximum, (2 * maximum) + 1)
        where right != 0 || down != 0
        orderby (right * right) + (down * down), down, right
        select (right, down);

    private static bool IsMovedBy(AcceptedScreen accepted, Picture actual, int right, int down)
    {
        var expected = accepted.Picture;
        var common = new Rectangle(-right, -down, expected.Width, expected.Height).ClipTo(expected.Width, expected.Height);
        for (var y = common.Y; y < common.Bottom; y++)
        {
            var one = expected.Pixels.Slice((y * expected.Width) + common.X, common.Width);
            var other = actual.Pixels.Slice(((y + down) * expected.Width) + common.X + right, common.Width);
            if (!PixelDifference.AreEqual(one, other, accepted.Mask.Row(common.X, y, common.Width)))
            {
                return false;
            }
        }

        return !common.IsEmpty;
    }

    private static bool IsPlainRim(Picture expected, Picture actual, int right, int down)
    {
        // What went over one edge of the accepted picture, and what came in at the other of the compared one.
        var colour = actual.Pixels[right > 0 || down > 0 ? 0 : ^1];
        return Rim(expected.Width, expected.Height, right, down).All(rim => IsPlain(expected, rim, colour))
            && Rim(expected.Width, expected.Height, -right, -down).All(rim => IsPlain(actual, rim, colour));
    }

    /// <summary>What leaves a picture that is moved.</summary>
    private static IEnumerable<Rectangle> Rim(int width, int height, int right, int down)
    {
        yield return right > 0 ? new Rectangle(width - right, 0, right, height) : new Rectangle(0, 0, -right, height);
        yield return down > 0 ? new Rectangle(0, height - down, width, down) : new Rectangle(0, 0, width, -down);
    }

    private static bool IsPlain(Picture picture, Rectangle area, uint colour)
    {
        var visible = area.ClipTo(picture.Width, picture.Height);
        for (var y = visible.Y; y < visible.Bottom; y++)
        {
            if (picture.Pixels.Slice((y * picture.Width) + visible.X, visible.Width).ContainsAnyExcept(colour))
            {
                return false;
            }
        }

        return true;
    }
}
