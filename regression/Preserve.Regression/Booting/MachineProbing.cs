using Preserve.Emulation.Display;
using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;
using Preserve.Regression.Comparison;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Booting;

/// <summary>Presses a key or moves the pointer and looks where the screen changes.</summary>
public static class MachineProbing
{
    private const int PointerStep = 12;
    private const int PointerSteps = 4;
    private static readonly TimeSpan s_pressed = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Where the screen differs from the accepted one soon after; empty when it does not answer. What is masked does not count: it changes by itself.
    /// </summary>
    /// <param name="machine">A machine on the accepted screen.</param>
    /// <param name="probe">What to do; its area is not looked at.</param>
    /// <param name="accepted">The screen before.</param>
    /// <param name="isEnough">Whether an answer is the one that is waited for.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MachineException">The machine ended.</exception>
    public static async Task<Rectangle> TryAsync(
        IMachine machine, ScreenProbe probe, AcceptedScreen accepted, Func<Rectangle, bool> isEnough, TimeProvider time, CancellationToken cancellationToken)
    {
        await ActAsync(machine, probe, time, cancellationToken);
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < s_patience)
        {
            await Task.Delay(s_interval, time, cancellationToken);
            var picture = Picture.Of(await machine.Watch!.CaptureAsync(cancellationToken));
            var changed = Changed(ScreenComparer.Compare(accepted, picture, null));
            if (!changed.IsEmpty && isEnough(changed))
            {
                return changed;
            }
        }

        return default;
    }

    /// <summary>Whether two areas have a pixel in common.</summary>
    public static bool Overlap(Rectangle one, Rectangle other) =>
        one.X < other.Right && other.X < one.Right && one.Y < other.Bottom && other.Y < one.Bottom;

    private static Rectangle Changed(ScreenComparison comparison)
    {
        if (comparison.Sizes is { } sizes)
        {
            return new Rectangle(0, 0, sizes.ActualWidth, sizes.ActualHeight);
        }

        return comparison.IsPassed ? default : comparison.Areas.Select(area => area.Area).Aggregate(Around);
    }

    private static Rectangle Around(Rectangle one, Rectangle other)
    {
        var (left, top) = (Math.Min(one.X, other.X), Math.Min(one.Y, other.Y));
        return new Rectangle(left, top, Math.Max(one.Right, other.Right) - left, Math.Max(one.Bottom, other.Bottom) - top);
    }

    private static async Task ActAsync(IMachine machine, ScreenProbe probe, TimeProvider time, CancellationToken cancellationToken)
    {
        if (probe.Kind == ProbeKind.Key)
        {
            await machine.Input.KeyAsync(probe.Scancode, 0, isDown: true, cancellationToken);
            await Task.Delay(s_pressed, time, cancellationToken);
            await machine.Input.KeyAsync(probe.Scancode, 0, isDown: false, cancellationToken);
            return;
        }

        for (var step = 1; step <= PointerSteps; step++)
        {
            await (machine.Input.Pointer == PointerKind.Absolute
                ? machine.Input.PointAsync(step * PointerStep * 2, step * PointerStep * 2, PointerButtons.None, cancellationToken)
                : machine.Input.MoveAsync(PointerStep, PointerStep, PointerButtons.None, cancellationToken));
            await Task.Delay(s_pressed, time, cancellationToken);
        }
    }
}
