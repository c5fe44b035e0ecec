using System.Buffers.Binary;

namespace Preserve.Workers.Sound;

/// <summary>
/// <see cref="SoundFormat.Pcm"/>: a quarter of the samples, for where there is no Opus. Both channels are added up, and a half-band filter takes
/// away what 24,000 samples a second cannot carry, which would come back as whistling.
/// </summary>
internal sealed class PcmSoundEncoder : ISoundEncoder
{
    private const int Taps = 7;
    private const int Reach = Taps - 1;

    // The end of the frame before, then the frame.
    private readonly int[] _samples = new int[Reach + SoundFrame.Length];

    /// <inheritdoc/>
    public byte[] Encode(ReadOnlySpan<short> frame)
    {
        _samples.AsSpan(SoundFrame.Length).CopyTo(_samples);
        for (var i = 0; i < SoundFrame.Length; i++)
        {
            _samples[Reach + i] = frame[2 * i] + frame[(2 * i) + 1];
        }

        var packed = new byte[SoundFrame.Length];
        for (var i = 0; i < SoundFrame.Length; i += 2)
        {
            var at = _samples.AsSpan(i, Taps);

            // Weights of 1/32, and half of that since two channels were added.
            var sum = (16 * at[3]) + (9 * (at[2] + at[4])) - at[0] - at[6];
            BinaryPrimitives.WriteInt16LittleEndian(packed.AsSpan(i), (short)Math.Clamp(sum / 64, short.MinValue, short.MaxValue));
        }

        return packed;
    }

    public void Dispose()
    {
    }
}
