using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;
using Preserve.Regression.Booting;
using Preserve.Regression.Comparison;

namespace Preserve.Regression.Scenarios;

/// <summary>Does a scenario on a machine that has booted, until its end or the first step that fails. One use, one caller.</summary>
/// <param name="machine">Watched, and worked on.</param>
/// <param name="accepted">Checkpoint to accepted screens; a checkpoint that has none is only looked at.</param>
/// <param name="time">Time.</param>
public sealed class ScenarioRun(IMachine machine, IReadOnlyDictionary<string, IReadOnlyList<AcceptedScreen>> accepted, TimeProvider time)
{
    private const int DragSteps = 8;

    private static readonly TimeSpan s_pressed = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_checkpoint = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, BootResult> _seen = [];

    /// <summary>Where a tablet's pointer was put last.</summary>
    private (int X, int Y) _pointer;

    /// <exception cref="MachineException">The machine has ended, or refused a medium.</exception>
    public async Task<ScenarioResult> RunAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        foreach (var step in scenario.Steps)
        {
            if (await DoAsync(step, cancellationToken) is { } problem)
            {
                return new ScenarioResult(_seen, $"Line {step.Line} of the scenario: {problem}", (step as CheckpointStep)?.Name);
            }
        }

        return new ScenarioResult(_seen, null, null);
    }

    /// <summary>Null when it was done; else what is wrong, in words.</summary>
    private async Task<string?> DoAsync(ScenarioStep step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case WaitToSettleStep wait:
                var settled = await WatchAsync([], wait.Within, cancellationToken);
                return settled.Outcome == BootOutcome.NeverSettles ? $"the screen does not rest within {wait.Within.TotalSeconds:0} s." : Ended(settled);
            case WaitForTextStep wait:
                return await WaitForTextAsync(wait, cancellationToken);
            case WaitForScreenStep wait:
                var screens = accepted.GetValueOrDefault(wait.Checkpoint) ?? [];
                var waited = await WatchAsync(screens, wait.Within, cancellationToken);
                return screens.Count == 0 || waited.Outcome == BootOutcome.Reached ? Ended(waited) : $"the screen '{wait.Checkpoint}' does not come.";
            case CheckpointStep checkpoint:
                return await CheckAsync(checkpoint.Name, cancellationToken);
            case TypeStep type:
                return await TypeAsync(type.Text, cancellationToken);
            case PressStep press:
                await PressAsync(press.Scancodes, cancellationToken);
                return null;
            case MoveStep move:
                return await MoveAsync(move, cancellationToken);
            case ClickStep click:
                await PointAsync(click.Button, cancellationToken);
                await PointAsync(PointerButtons.None, cancellationToken);
                return null;
            case SwapStep swap:
                return await SwapAsync(swap, cancellationToken);
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, "Not a step.");
        }
    }

    private async Task<string?> CheckAsync(string name, CancellationToken cancellationToken)
    {
        var screens = accepted.GetValueOrDefault(name) ?? [];
        var seen = await WatchAsync(screens, s_checkpoint, cancellationToken);
        _seen[name] = seen;
        return Ended(seen) ?? (screens.Count == 0 || seen.Outcome == BootOutcome.Reached ? null : $"at the checkpoint '{name}' the screen is another.");
    }

    private Task<BootResult> WatchAsync(IReadOnlyList<AcceptedScreen> screens, TimeSpan within, CancellationToken cancellationToken) => HeadlessBoot.RunAsync(
        machine, new BootPlan { Accepted = screens, Timeout = within, Patience = s_patience, BlankPatience = s_patience }, time, cancellationToken);

    private static string? Ended(BootResult seen) =>
        seen.Outcome is BootOutcome.PoweredOff or BootOutcome.EmulatorCrashed ? $"the machine has ended. {seen.Message}" : null;

    private async Task<string?> WaitForTextAsync(WaitForTextStep wait, CancellationToken cancellationToken)
    {
        if (machine.Text is null)
        {
            return "the text of this machine cannot be read.";
        }

        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < wait.Within)
        {
            if (await machine.Text.ReadAsync(cancellationToken) is { } text && text.Lines.Any(line => line.Contains(wait.Text, StringComparison.Ordinal)))
            {
                return null;
            }

            await Task.Delay(s_look, time, cancellationToken);
        }

        return $"the screen does not say \"{wait.Text}\" within {wait.Within.TotalSeconds:0} s.";
    }

    private async Task<string?> TypeAsync(string text, CancellationToken cancellationToken)
    {
        var profile = machine.Definition.Profile;
        if (KeyboardLayout.Find(profile.KeyboardLayout) is not { } layout)
        {
            return $"there is no keyboard layout '{profile.KeyboardLayout}'.";
        }

        var plan = TypingPlan.Make(text, layout, null);
        if (plan.Unknown.Count > 0)
        {
            return $"the keyboard '{layout.Id}' has no {string.Join(' ', plan.Unknown)}.";
        }

        var typist = new Typist(machine.Input, machine.KeyBuffer, TimeSpan.FromMilliseconds(profile.KeyIntervalMilliseconds), time);
        return await typist.TypeAsync(plan.Characters, _ => { }, cancellationToken) ? null : "the guest took no more keys.";
    }

    private async Task PressAsync(IReadOnlyList<byte> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            await machine.Input.KeyAsync(key, 0, isDown: true, cancellationToken);
        }

        await Task.Delay(s_pressed, time, cancellationToken);
        foreach (var key in keys.Reverse())
        {
            await machine.Input.KeyAsync(key, 0, isDown: false, cancellationToken);
        }

        await Task.Delay(s_pressed, time, cancellationToken);
    }

    private async Task<string?> MoveAsync(MoveStep move, CancellationToken cancellationToken)
    {
        if (move.IsRelative != (machine.Input.Pointer == PointerKind.Relative))
        {
            return move.IsRelative ? "the pointer of this machine is a tablet now: use 'to X Y'." : "the pointer of this machine is a mouse now: use 'by X Y'.";
        }

        var button = move.IsDrag ? PointerButtons.Left : PointerButtons.None;
        if (move.IsDrag)
        {
            await PointAsync(button, cancellationToken);
        }

        await (move.IsRelative ? MoveByAsync(move, button, cancellationToken) : MoveToAsync(move, button, cancellationToken));
        await PointAsync(PointerButtons.None, cancellationToken);
        return null;
    }

    private async Task MoveByAsync(MoveStep move, PointerButtons button, CancellationToken cancellationToken)
    {
        for (var step = 0; step < DragSteps; step++)
        {
            await machine.Input.MoveAsync(
                (move.X * (step + 1) / DragSteps) - (move.X * step / DragSteps), (move.Y * (step + 1) / DragSteps) - (move.Y * step / DragSteps), button, cancellationToken);
            await Task.Delay(s_pressed, time, cancellationToken);
        }
    }

    private async Task MoveToAsync(MoveStep move, PointerButtons button, CancellationToken cancellationToken)
    {
        var (fromX, fromY) = _pointer;
        for (var step = 1; step <= DragSteps; step++)
        {
            _pointer = (fromX + ((move.X - fromX) * step / DragSteps), fromY + ((move.Y - fromY) * step / DragSteps));
            await machine.Input.PointAsync(_pointer.X, _pointer.Y, button, cancellationToken);
            await Task.Delay(s_pressed, time, cancellationToken);
        }
    }

    private async Task PointAsync(PointerButtons buttons, CancellationToken cancellationToken)
    {
        await (machine.Input.Pointer == PointerKind.Relative
            ? machine.Input.MoveAsync(0, 0, buttons, cancellationToken)
            : machine.Input.PointAsync(_pointer.X, _pointer.Y, buttons, cancellationToken));
        await Task.Delay(s_pressed, time, cancellationToken);
    }

    private async Task<string?> SwapAsync(SwapStep swap, CancellationToken cancellationToken)
    {
        var media = machine.Definition.Drives.Select(drive => drive.Medium).Concat(machine.Definition.Shelf).ToList();
        var medium = media.Find(candidate => candidate.Label == swap.Medium || candidate.Sha256 == swap.Medium);
        if (machine.Media is null || (swap.Medium is not null && medium is null))
        {
            return machine.Media is null
                ? "media of this machine cannot be changed."
                : $"there is no medium \"{swap.Medium}\"; there are {string.Join(", ", media.Select(candidate => $"\"{candidate.Label}\""))}.";
        }

        await machine.Media.ChangeAsync(swap.Bay, medium?.Sha256, cancellationToken);
        return null;
    }
}

/// <summary>How a scenario ended.</summary>
/// <param name="Seen">Checkpoint to what was seen there, for those that were come to.</param>
/// <param name="Problem">What failed, in words; null when all went as accepted.</param>
/// <param name="FailedCheckpoint">The checkpoint whose screen is another; null where something else failed, or nothing.</param>
public sealed record ScenarioResult(IReadOnlyDictionary<string, BootResult> Seen, string? Problem, string? FailedCheckpoint);
