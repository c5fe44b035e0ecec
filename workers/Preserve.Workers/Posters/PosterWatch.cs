using Preserve.Emulation.Display;
using Preserve.Regression.Pictures;
using Preserve.Regression.Settling;

namespace Preserve.Workers.Posters;

/// <summary>Looks at one boot until there is a picture worth keeping. Keeps no clock of its own; for one caller at a time.</summary>
internal sealed class PosterWatch
{
    /// <summary>A display that nobody touches may be silent for three seconds: what is quiet for longer is quiet.</summary>
    private static readonly TimeSpan ShortestQuiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(20);

    /// <summary>How long an animation is watched.</summary>
    private static readonly TimeSpan Animation = TimeSpan.FromSeconds(40);

    /// <summary>From here on an animation's pictures are candidates: before, it may still be booting.</summary>
    private static readonly TimeSpan AnimationBegins = TimeSpan.FromSeconds(20);

    private readonly TimeSpan? _settlesAfter;
    private readonly TimeSpan _longest;
    private readonly SettleDetector _detector;
    private long _generation = -1;
    private FrameCopy? _richest;
    private int _richestDetail = -1;

    /// <param name="settlesAfter">When a boot in real time settles, as the catalog has it; null when it never does.</param>
    public PosterWatch(TimeSpan? settlesAfter)
    {
        _settlesAfter = settlesAfter;

        // A host that is busy, or whose processor is slower than the one it was measured on, needs several times as long.
        _longest = settlesAfter is { } known ? TimeSpan.FromMinutes(2) + (5 * known) : Animation;
        var quiet = settlesAfter / 3 ?? ShortestQuiet;
        quiet = quiet < ShortestQuiet ? ShortestQuiet : quiet > LongestQuiet ? LongestQuiet : quiet;
        _detector = new SettleDetector(new SettleOptions { Quiet = quiet, Maximum = _longest });
    }

    /// <summary>The poster, once there is one; null to look again.</summary>
    /// <param name="screen">The machine's screen now.</param>
    /// <param name="at">How long the guest has been running.</param>
    public Poster? Look(Framebuffer screen, TimeSpan at)
    {
        var generation = screen.Generation;
        var result = generation == _generation ? _detector.Advance(at) : Observe(screen, at);
        _generation = generation;
        var mayBeSettled = _settlesAfter is { } settlesAfter && at >= settlesAfter;
        if (result.State == SettleState.Settled && (mayBeSettled || at >= _longest))
        {
            return result.IsBlank
                ? Poster.None("The screen showed nothing but one colour.")
                : Poster.Of(result.Representative!);
        }

        if (at < _longest)
        {
            return null;
        }

        var picture = _richest ?? screen.Capture();
        return picture.Width == 0 ? Poster.None("The machine showed no picture.") : Poster.Of(Picture.Of(picture));
    }

    private SettleResult Observe(Framebuffer screen, TimeSpan at)
    {
        var frame = screen.Capture();
        if (frame.Width > 0 && at >= (_settlesAfter ?? AnimationBegins))
        {
            KeepRichest(frame);
        }

        return _detector.Observe(frame, at);
    }

    // Of a screen that never comes to rest, the picture with most on it stands for all.
    private void KeepRichest(FrameCopy frame)
    {
        var detail = Picture.Of(frame).Detail;
        if (detail > _richestDetail)
        {
            (_richest, _richestDetail) = (frame, detail);
        }
    }
}

/// <summary>A picture for the gallery, one picture pixel for each guest pixel, or why there is none.</summary>
internal sealed record Poster(byte[] Png, int Width, int Height, string? Problem)
{
    public static Poster None(string problem) => new([], 0, 0, problem);

    public static Poster Of(Picture picture) => new(PictureFile.Encode(picture), picture.Width, picture.Height, null);
}
