using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Regression.Comparison;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Booting;

/// <summary>Watches one machine from its start until an accepted screen is there, or it is clear that none will come. One use, one caller.</summary>
/// <remarks>
/// <code>
/// ScreenSampler ─► accepted and stayed? ─► reached
///              └─► SettleDetector ─► resting screen ─► filmstrip ─► nothing new for the patience ─► settled elsewhere, blank, halted
/// </code>
/// </remarks>
public sealed class HeadlessBoot
{
    private const int RememberedPictures = 24;

    private readonly IMachine _machine;
    private readonly BootPlan _plan;
    private readonly TimeProvider _time;
    private readonly SettleDetector _settle;
    private readonly List<FilmFrame> _frames = [];
    private readonly List<Picture> _last = [];
    private readonly Dictionary<UInt128, bool> _isAccepted = [];
    private readonly long _began;
    private TimeSpan? _acceptedSince;

    private HeadlessBoot(IMachine machine, BootPlan plan, TimeProvider time)
    {
        (_machine, _plan, _time, _began) = (machine, plan, time, time.GetTimestamp());
        _settle = new SettleDetector(new SettleOptions
        {
            Quiet = plan.Quiet,
            BlankQuiet = plan.BlankPatience > plan.Quiet ? plan.BlankPatience : plan.Quiet,
            Maximum = plan.Timeout + plan.Patience + plan.Quiet,
        });
    }

    /// <summary>Watches. The machine goes on afterwards, on the screen where it is, and stays the caller's.</summary>
    /// <exception cref="ArgumentException">The machine's engine cannot be watched.</exception>
    public static async Task<BootResult> RunAsync(IMachine machine, BootPlan plan, TimeProvider time, CancellationToken cancellationToken)
    {
        if (machine.Watch is null)
        {
            throw new ArgumentException("This engine's machines cannot be watched.", nameof(machine));
        }

        var boot = new HeadlessBoot(machine, plan, time);
        var ear = plan.Listens ? await SoundEar.OpenAsync(machine, cancellationToken) : null;
        try
        {
            var outcome = await boot.WatchAsync(cancellationToken);
            return await boot.FinishAsync(outcome, ear?.WasHeard, cancellationToken);
        }
        finally
        {
            if (ear is not null)
            {
                await ear.DisposeAsync();
            }
        }
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_began);

    private async Task<BootOutcome> WatchAsync(CancellationToken cancellationToken)
    {
        var sampler = new ScreenSampler(_machine, _time);
        while (true)
        {
            if (await sampler.NextAsync(cancellationToken) is not { } frame)
            {
                var exit = await _machine.Completion;
                return exit.Cause == MachineEndCause.PoweredOff ? BootOutcome.PoweredOff : BootOutcome.EmulatorCrashed;
            }

            var now = Elapsed;
            Remember(frame);
            if (IsReached(now))
            {
                await AddFrameAsync(_last[^1], [_last[^1]], now, cancellationToken);
                return BootOutcome.Reached;
            }

            var settled = _settle.Observe(frame, now);
            if (settled.State == SettleState.Settled && await RestsForGoodAsync(settled, now, cancellationToken) is { } end)
            {
                return end;
            }

            if (_machine.Watch!.Restarts > _plan.Restarts)
            {
                return BootOutcome.RebootsInALoop;
            }

            if (now >= _plan.Timeout)
            {
                return BootOutcome.NeverSettles;
            }
        }
    }

    /// <summary>Keeps the last distinct pictures, the newest at the end.</summary>
    private void Remember(FrameCopy frame)
    {
        var digest = Picture.DigestOf(frame);
        var known = _last.FindIndex(picture => picture.Digest == digest);
        var picture = known >= 0 ? _last[known] : Picture.Of(frame, digest);
        if (known >= 0)
        {
            _last.RemoveAt(known);
        }
        else if (_last.Count == RememberedPictures)
        {
            _last.RemoveAt(0);
        }

        _last.Add(picture);
    }

    private bool IsReached(TimeSpan now)
    {
        if (_plan.Accepted.Count == 0)
        {
            return false;
        }

        var picture = _last[^1];
        if (!_isAccepted.TryGetValue(picture.Digest, out var isAccepted))
        {
            // Text decides only what the picture alone does not: a pass by text is found when the screen rests.
            isAccepted = ScreenComparer.Nearest(_plan.Accepted, picture, null).Comparison.IsPassed;
            if (_isAccepted.Count < RememberedPictures * RememberedPictures)
            {
                _isAccepted[picture.Digest] = isAccepted;
            }
        }

        _acceptedSince = isAccepted ? _acceptedSince ?? now : null;
        return now - _acceptedSince >= _plan.Hold;
    }

    private async Task<BootOutcome?> RestsForGoodAsync(SettleResult settled, TimeSpan now, CancellationToken cancellationToken)
    {
        var picture = settled.Representative!;
        if (_frames.Count == 0 || settled.Pictures.All(shown => shown.Digest != _frames[^1].Picture.Digest))
        {
            await AddFrameAsync(picture, settled.Pictures, now, cancellationToken);
        }

        var isAcceptedByText = _plan.Accepted.Count > 0
            && ScreenComparer.Nearest(_plan.Accepted, picture, _frames[^1].Text).Comparison.IsPassed;
        if (isAcceptedByText)
        {
            return BootOutcome.Reached;
        }

        if (now < _plan.Earliest || (_plan.Accepted.Count > 0 && now - _frames[^1].At < _plan.Patience))
        {
            return null;
        }

        var isHalted = await AskAsync(watch => watch.IsHaltedAsync(cancellationToken), false);
        return isHalted ? BootOutcome.GuestHalted : settled.IsBlank ? BootOutcome.Blank : BootOutcome.SettledElsewhere;
    }

    private async Task AddFrameAsync(Picture picture, IReadOnlyList<Picture> pictures, TimeSpan at, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(cancellationToken);
        var instructions = await AskAsync(watch => watch.CountInstructionsAsync(cancellationToken), null);
        var frame = new FilmFrame(picture, pictures, text, at, instructions);
        if (text is not null && _frames is [.., { Text: { } before } last] && before.Lines.SequenceEqual(text.Lines))
        {
            // The same screen, seen with the cursor in another phase: it rests since it was first seen.
            _frames[^1] = frame with { Pictures = [.. pictures, .. last.Pictures.Where(known => pictures.All(shown => shown.Digest != known.Digest))], At = last.At, Instructions = last.Instructions };
            return;
        }

        _frames.Add(frame);
    }

    /// <summary>Text of the screen as it is now; tried again while it changes under the reading.</summary>
    private async Task<TextScreen?> ReadTextAsync(CancellationToken cancellationToken)
    {
        const int attempts = 4;
        for (var attempt = 0; _machine.Text is not null && attempt < attempts; attempt++)
        {
            try
            {
                var frame = await _machine.Watch!.CaptureAsync(cancellationToken);
                if (await _machine.Text.ReadAsync(frame, cancellationToken) is { } text)
                {
                    return text;
                }
            }
            catch (MachineException)
            {
                // It has ended; the next picture would have told.
                return null;
            }
        }

        return null;
    }

    private async Task<T> AskAsync<T>(Func<IMachineWatch, Task<T>> question, T otherwise)
    {
        try
        {
            return await question(_machine.Watch!);
        }
        catch (MachineException)
        {
            // It has ended meanwhile, which is found out elsewhere.
            return otherwise;
        }
    }

    private async Task<BootResult> FinishAsync(BootOutcome outcome, bool? wasSoundHeard, CancellationToken cancellationToken)
    {
        var wall = Elapsed;
        var isRunning = !_machine.Completion.IsCompleted;
        if (outcome is not (BootOutcome.Reached or BootOutcome.SettledElsewhere) && _last.Count > 0)
        {
            // Where it was when it was given up: not at rest, but the last thing that anybody could have seen.
            _frames.Add(new FilmFrame(_last[^1], [_last[^1]], isRunning ? await ReadTextAsync(cancellationToken) : null, wall, null));
        }

        return new BootResult
        {
            Outcome = outcome,
            Message = isRunning ? "" : (await _machine.Completion).Message,
            Frames = _frames,
            LastPictures = _last,
            Comparison = _plan.Accepted.Count == 0 || _frames.Count == 0
                ? null
                : ScreenComparer.Nearest(_plan.Accepted, _frames[^1].Picture, _frames[^1].Text).Comparison,
            WallTime = wall,
            Instructions = isRunning ? await AskAsync(watch => watch.CountInstructionsAsync(cancellationToken), null) : null,
            WasSoundHeard = wasSoundHeard,
        };
    }
}
