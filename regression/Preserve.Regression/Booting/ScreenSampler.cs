using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;

namespace Preserve.Regression.Booting;

/// <summary>Takes pictures: often while they change, seldom while they do not, and never so often that looking is what slows the guest.</summary>
internal sealed class ScreenSampler(IMachine machine, TimeProvider time)
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(160);

    private TimeSpan _pause = s_shortest;
    private TimeSpan _cost;
    private UInt128 _last;

    /// <summary>Waits for the next turn and takes a picture; null when the machine has ended.</summary>
    public async Task<FrameCopy?> NextAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(Task.Delay(_pause, time, cancellationToken), machine.Completion);
        cancellationToken.ThrowIfCancellationRequested();
        if (machine.Completion.IsCompleted)
        {
            return null;
        }

        var began = time.GetTimestamp();
        try
        {
            var picture = await machine.Watch!.CaptureAsync(cancellationToken);
            _cost = time.GetElapsedTime(began);
            Adapt(Settling.Picture.DigestOf(picture));
            return picture;
        }
        catch (MachineException)
        {
            // It is ending: its exit says more than the failed picture.
            await machine.Completion.WaitAsync(cancellationToken);
            return null;
        }
    }

    private void Adapt(UInt128 digest)
    {
        var next = digest != _last ? s_shortest : _pause * 1.5;
        _last = digest;
        _pause = next < 2 * _cost ? 2 * _cost : next;
        _pause = _pause > s_longest ? s_longest : _pause;
    }
}
