namespace Preserve.Workers.Sound;

/// <summary><see cref="SoundFormat.Opus"/>: at 64 kbit/s what old machines play is hard to tell from the original. Needs <see cref="LibOpus.IsPresent"/>.</summary>
internal sealed class OpusSoundEncoder : ISoundEncoder
{
    private const int BitsASecond = 64_000;

    /// <summary>Half of the scale: more costs processor time and is not heard at this rate.</summary>
    private const int Complexity = 5;

    /// <summary>Longest packet of one frame (RFC 6716, 3.4).</summary>
    private const int PacketLimit = 1275;

    private readonly OpusEncoderHandle _encoder;
    private readonly byte[] _packet = new byte[PacketLimit];

    public OpusSoundEncoder()
    {
        _encoder = LibOpus.CreateEncoder(SoundFrame.Rate, SoundFrame.Channels, LibOpus.LowDelay, out var error);
        Check(error, "opus_encoder_create");
        Check(LibOpus.Control(_encoder, LibOpus.SetBitRate, BitsASecond), "OPUS_SET_BITRATE");
        Check(LibOpus.Control(_encoder, LibOpus.SetComplexity, Complexity), "OPUS_SET_COMPLEXITY");
    }

    /// <inheritdoc/>
    public byte[] Encode(ReadOnlySpan<short> frame)
    {
        var length = LibOpus.Encode(_encoder, frame, SoundFrame.Length, _packet, _packet.Length);
        Check(length, "opus_encode");
        return _packet[..length];
    }

    public void Dispose() => _encoder.Dispose();

    // Only arguments that are wrong, or memory that is gone, make it fail: nothing that a guest can bring about.
    private static void Check(int result, string call)
    {
        if (result < 0)
        {
            throw new InvalidOperationException($"libopus refused {call} with {result}.");
        }
    }
}
