namespace Preserve.Workers.Sound;

/// <summary>How the bytes of a <c>sound</c> message are packed: docs/session-hub.md.</summary>
internal enum SoundFormat
{
    /// <summary>Signed 16-bit little-endian, one channel, 24,000 samples a second. Every player understands it.</summary>
    Pcm = 0,

    /// <summary>One Opus packet (RFC 6716), two channels.</summary>
    Opus = 1,
}
