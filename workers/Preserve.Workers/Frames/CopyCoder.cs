using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>Moves pixels within the picture: <paramref name="Target"/> takes what was <paramref name="Right"/> pixels to the left and <paramref name="Down"/> above it.</summary>
internal readonly record struct CopyMove(Rectangle Target, int Right, int Down);

/// <summary>Codes moves and carries them out.</summary>
internal sealed class CopyCoder<TBits>(TBits bits)
    where TBits : struct, IBitCoder
{
    private readonly NumberModel[] _numbers = [new(), new(), new(), new(), new(), new()];
    private readonly uint[] _isMore = AdaptiveBit.Make(2);
    private readonly uint[] _signs = AdaptiveBit.Make(2);

    public void Reset()
    {
        foreach (var number in _numbers)
        {
            number.Reset();
        }

        Array.Fill(_isMore, AdaptiveBit.Even);
        Array.Fill(_signs, AdaptiveBit.Even);
    }

    /// <summary>Whether another move follows; <paramref name="index"/> counts those before it in this blob.</summary>
    public bool CodeMore(bool isMore, int index) =>
        bits.Code(isMore, ref _isMore[Math.Min(index, 1)])
        && (index < FrameFormat.MaximumCopies ? true : throw new FrameFormatException("Too many copies."));

    public CopyMove Code(CopyMove move, uint[] picture, int width, int height)
    {
        var target = new Rectangle(
            _numbers[0].Code(bits, move.Target.X),
            _numbers[1].Code(bits, move.Target.Y),
            _numbers[2].Code(bits, move.Target.Width),
            _numbers[3].Code(bits, move.Target.Height));
        move = new CopyMove(target, CodeSigned(0, move.Right), CodeSigned(1, move.Down));
        var source = target with { X = target.X - move.Right, Y = target.Y - move.Down };
        if (target.IsEmpty || target != target.ClipTo(width, height) || source != source.ClipTo(width, height))
        {
            throw new FrameFormatException("A copy that leaves the picture.");
        }

        Move(picture, width, source, target);
        return move;
    }

    private int CodeSigned(int axis, int number)
    {
        var size = _numbers[4 + axis].Code(bits, Math.Abs(number));
        return size != 0 && bits.Code(number < 0, ref _signs[axis]) ? -size : size;
    }

    private static void Move(uint[] picture, int width, Rectangle source, Rectangle target)
    {
        var isDownwards = source.Y < target.Y;
        for (var i = 0; i < target.Height; i++)
        {
            var row = isDownwards ? target.Height - 1 - i : i;
            picture.AsSpan(((source.Y + row) * width) + source.X, target.Width)
                .CopyTo(picture.AsSpan(((target.Y + row) * width) + target.X));
        }
    }
}
