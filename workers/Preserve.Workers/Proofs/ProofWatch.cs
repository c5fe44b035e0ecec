using Preserve.Emulation.Display;
using Preserve.Regression.Settling;

namespace Preserve.Workers.Proofs;

/// <summary>
/// Looks at one boot of which nothing is known, and keeps each screen it comes to rest on, until nothing more comes. Keeps no clock of its
/// own; for one caller at a time.
/// </summary>
internal sealed class ProofWatch
{
    /// <summary>A screen that says nothing new for so long is one to show: longer than a display that nobody touches may be silent.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(6);

    /// <summary>Still there after so long, it is where the boot ends: most guests that load show something sooner.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    /// <summary>Whatever it does, the boot is over then.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    /// <summary>How long a screen that never rests is watched.</summary>
    private static readonly TimeSpan Animation = TimeSpan.FromSeconds(90);

    /// <summary>Of more, the first and the latest are kept.</summary>
    private const int MostScreens = 12;

    private readonly SettleDetector _detector = new(new SettleOptions { Quiet = Quiet, Maximum = Animation });
    private readonly List<SeenScreen> _screens = [];
    private long _generation = -1;
    private TimeSpan _lastNew;
    private SeenScreen? _richest;

    /// <summary>Screens it came to rest on so far, in order; one of them may be the latest of an animation.</summary>
    public IReadOnlyList<SeenScreen> Screens => _screens;

    /// <summary>Whether the last look brought a screen that was not there before.</summary>
    public bool HasNewScreen { get; private set; }

    /// <summary>Whether the last screen stayed.</summary>
    public bool HasSettled { get; private set; }

    /// <summary>True when the boot has come to its end.</summary>
    /// <param name="screen">The machine's screen now.</param>
    /// <param name="at">How long the guest has been running.</param>
    public bool Look(Framebuffer screen, TimeSpan at)
    {
        var generation = screen.Generation;
        var result = generation == _generation ? _detector.Advance(at) : Observe(screen, at);
        _generation = generation;
        HasNewScreen = result.State == SettleState.Settled && !result.IsBlank && Keep(result.Representative!, at);
        HasSettled = result.State == SettleState.Settled && !result.IsBlank && _screens.Count > 0;
        if (HasSettled && at - _lastNew >= Enough)
        {
            return true;
        }

        return (result.State == SettleState.NeverSettles || at >= Longest) && GiveUp();
    }

    private SettleResult Observe(Framebuffer screen, TimeSpan at)
    {
        var frame = screen.Capture();
        if (frame.Width > 0)
        {
            KeepRichest(frame, at);
        }

        return _detector.Observe(frame, at);
    }

    private bool Keep(Picture picture, TimeSpan at)
    {
        if (_screens.Count > 0 && _screens[^1].Picture.Digest == picture.Digest)
        {
            return false;
        }

        if (_screens.Count == MostScreens)
        {
            _screens.RemoveAt(MostScreens / 2);
        }

        // It stood there before it was known to rest.
        _lastNew = at - Quiet;
        _screens.Add(new SeenScreen(picture, _lastNew > TimeSpan.Zero ? _lastNew : TimeSpan.Zero));
        return true;
    }

    // Of a screen that never comes to rest, the picture with most on it stands for all.
    private void KeepRichest(FrameCopy frame, TimeSpan at)
    {
        var picture = Picture.Of(frame);
        if (_richest is null || picture.Detail > _richest.Picture.Detail)
        {
            _richest = new SeenScreen(picture, at);
        }
    }

    private bool GiveUp()
    {
        HasSettled = false;
        if (_richest is { Picture.IsBlank: false } richest && _screens.TrueForAll(screen => screen.Picture.Digest != richest.Picture.Digest))
        {
            _screens.Add(richest);
            HasNewScreen = true;
        }

        return true;
    }
}

/// <summary>A screen that a boot came to.</summary>
/// <param name="Picture">What it showed.</param>
/// <param name="At">When it first stood there, in time of the guest's running.</param>
internal sealed record SeenScreen(Picture Picture, TimeSpan At);
