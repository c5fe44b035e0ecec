namespace Preserve.Workers.Sound;

/// <summary>The piece in which sound travels: 20 ms, two channels, 48,000 samples a second.</summary>
internal static class SoundFrame
{
    public const int Rate = 48000;
    public const int Channels = 2;

    /// <summary>Samples of each channel.</summary>
    public const int Length = Rate / 50;

    /// <summary>Samples of both channels, left and right in turn.</summary>
    public const int Samples = Length * Channels;
}
