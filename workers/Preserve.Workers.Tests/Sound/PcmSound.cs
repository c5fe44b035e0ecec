namespace Preserve.Workers.Tests.Sound;

/// <summary>Decodes format 0 in the plainest way: each sample twice.</summary>
internal static class PcmSound
{
    public static IEnumerable<float> Decode(byte[] packet) =>
        packet.Chunk(2).Select(sample => BitConverter.ToInt16(sample) / 32768f).SelectMany(sample => new[] { sample, sample });
}
