using System.Runtime.InteropServices;

namespace Preserve.Workers.Sound;

/// <summary>Cuts sound that comes in pieces of any length into frames, and leaves out those of a machine that has been silent for a while.</summary>
/// <param name="deliver">Gets each frame: valid during the call.</param>
internal sealed class FrameCutter(FrameCutter.Deliver deliver)
{
    /// <summary>Frames of silence that still go out (0.2 s): pauses between notes stay in the flow, and decoders come to rest.</summary>
    public const int Hangover = 10;

    /// <summary>Steps of 1/32768 that count as silence: a card that is on and plays nothing may rest beside zero, or waver by one.</summary>
    private const int Ripple = 2;

    private readonly short[] _frame = new short[SoundFrame.Samples];
    private int _filled;
    private int _silentFrames = Hangover;

    public delegate void Deliver(ReadOnlySpan<short> frame);

    /// <param name="bytes">Signed 16-bit little-endian stereo.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var samples = MemoryMarshal.Cast<byte, short>(bytes);
        while (samples.Length > 0)
        {
            var taken = Math.Min(samples.Length, _frame.Length - _filled);
            samples[..taken].CopyTo(_frame.AsSpan(_filled));
            samples = samples[taken..];
            _filled += taken;
            if (_filled == _frame.Length)
            {
                Finish();
            }
        }
    }

    /// <summary>Sends what is begun, then silence: one frame for what is still inside an encoder, one so that it ends unheard.</summary>
    public void End()
    {
        if (_filled == 0 && _silentFrames >= Hangover)
        {
            return;
        }

        Fill();
        Fill();
        Fill();
        _silentFrames = Hangover;
    }

    private void Fill()
    {
        _frame.AsSpan(_filled).Clear();
        Finish();
    }

    private void Finish()
    {
        _filled = 0;
        _silentFrames = IsSilent(_frame) ? _silentFrames + 1 : 0;
        if (_silentFrames <= Hangover)
        {
            deliver(_frame);
        }
        else
        {
            _silentFrames = Hangover + 1;
        }
    }

    private static bool IsSilent(ReadOnlySpan<short> frame)
    {
        var (left, right) = (frame[0], frame[1]);
        for (var i = 0; i < frame.Length; i += 2)
        {
            if (Math.Abs(frame[i] - left) > Ripple || Math.Abs(frame[i + 1] - right) > Ripple)
            {
                return false;
            }
        }

        return true;
    }
}
