namespace Preserve.Workers.Sound;

/// <summary>Packs the frames of one machine's sound, one after the other. Not safe for concurrent use.</summary>
internal interface ISoundEncoder : IDisposable
{
    /// <param name="frame"><see cref="SoundFrame.Samples"/> samples.</param>
    /// <returns>The bytes of one message: an array of its own.</returns>
    byte[] Encode(ReadOnlySpan<short> frame);
}
