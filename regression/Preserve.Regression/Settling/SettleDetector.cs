using Preserve.Emulation.Display;

namespace Preserve.Regression.Settling;

/// <summary>Decides when a screen has come to rest, from its pictures and their times. Not thread-safe; keeps no clock of its own.</summary>
/// <remarks>
/// A settled text screen is never still: its cursor blinks, so it alternates between two pictures. So it is not the picture that
/// must stop changing but the <em>set</em> of recent pictures that must stop growing. A screen that shows something new after
/// it had settled is settling again, which is how one boot yields a strip of settled screens.
/// </remarks>
public sealed class SettleDetector
{
    private static readonly SettleResult Settling = new(SettleState.Settling, null, []);
    private static readonly SettleResult NeverSettles = new(SettleState.NeverSettles, null, []);

    private readonly SettleOptions _options;
    private readonly List<Sighting> _recent = [];
    private Sighting? _shown;
    private TimeSpan _now;
    private TimeSpan _began;
    private TimeSpan _lastGrowth;

    public SettleDetector(SettleOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <summary>The state after the last call.</summary>
    public SettleResult Result { get; private set; } = Settling;

    /// <summary>Tells what is on the screen from now on. The pixels are copied only when the picture is new.</summary>
    /// <param name="frame">The screen; one without a size yet is passed over.</param>
    /// <param name="at">Time since any fixed moment; never less than in the call before.</param>
    public SettleResult Observe(FrameCopy frame, TimeSpan at)
    {
        Pass(at);
        if (frame.Pixels.Length > 0 && Result.State != SettleState.NeverSettles)
        {
            Show(frame);
        }

        return Decide();
    }

    /// <summary>Tells that the screen has not changed until now: a source that sends changes only is silent on a still screen.</summary>
    public SettleResult Advance(TimeSpan at)
    {
        Pass(at);
        return Decide();
    }

    private void Pass(TimeSpan at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(at, _shown is null ? TimeSpan.MinValue : _now);
        if (_shown is not null)
        {
            _shown.Shown += at - _now;
            _shown.LastSeen = at;
        }

        _now = at;
        _recent.RemoveAll(sighting => sighting.LastSeen < _now - Quiet(sighting.Picture.IsBlank));
    }

    private void Show(FrameCopy frame)
    {
        var digest = Picture.DigestOf(frame);
        var isFirst = _shown is null;
        _shown = _recent.Find(sighting => sighting.Picture.Digest == digest);
        if (_shown is not null)
        {
            _shown.LastSeen = _now;
            return;
        }

        _shown = new Sighting(Picture.Of(frame, digest)) { LastSeen = _now };
        Grow(_shown);
        if (isFirst || Result.State == SettleState.Settled)
        {
            _began = _now;
        }
    }

    private void Grow(Sighting sighting)
    {
        if (_recent.Count == _options.MaximumPictures)
        {
            _recent.Remove(_recent.MinBy(recent => recent.LastSeen)!);
        }

        _recent.Add(sighting);
        _recent.ForEach(recent => recent.Shown = TimeSpan.Zero);
        _lastGrowth = _now;
    }

    private SettleResult Decide()
    {
        if (_shown is null || Result.State == SettleState.NeverSettles)
        {
            return Result;
        }

        // What was last seen before the newest picture came belongs to the screen before.
        var turns = _recent.Where(sighting => sighting.LastSeen > _lastGrowth || sighting == _shown).ToList();
        if (_now - _lastGrowth >= Quiet(turns.TrueForAll(sighting => sighting.Picture.IsBlank)))
        {
            return Result = Settled(turns);
        }

        var isOver = _now - _began >= _options.Maximum;
        return Result = isOver ? NeverSettles : Settling;
    }

    private SettleResult Settled(List<Sighting> turns)
    {
        // By detail first: two pictures that take turns are shown equally long, and chance would decide between them.
        var total = turns.Aggregate(TimeSpan.Zero, (sum, sighting) => sum + sighting.Shown);
        var longestFirst = turns.OrderByDescending(sighting => sighting.Shown).ThenBy(sighting => sighting.Picture.Digest).ToList();
        var representative = longestFirst
            .Where(sighting => sighting.Shown >= total * _options.MinimumShare)
            .DefaultIfEmpty(longestFirst[0])
            .MaxBy(sighting => sighting.Picture.Detail)!;
        return new SettleResult(SettleState.Settled, representative.Picture, [.. longestFirst.Select(sighting => sighting.Picture)]);
    }

    private TimeSpan Quiet(bool isBlank) => isBlank ? _options.BlankQuiet : _options.Quiet;

    /// <summary>A recent picture: how long it was shown since the set last grew, and when it was last on the screen.</summary>
    private sealed class Sighting(Picture picture)
    {
        public Picture Picture => picture;

        public TimeSpan Shown { get; set; }

        public TimeSpan LastSeen { get; set; }
    }
}
