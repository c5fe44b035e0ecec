using System.Runtime.InteropServices;

namespace Preserve.Workers.Tests.Sound;

/// <summary>Decodes Opus packets with the library that made them: both channels added up, from -1 to 1.</summary>
internal sealed partial class OpusSoundDecoder : IDisposable
{
    private const string Library = "libopus.so.0";

    // 120 ms, the longest packet there is.
    private readonly float[] _decoded = new float[2 * 5760];
    private readonly nint _decoder = Create(48000, 2, out _);

    public float[] Decode(byte[] packet)
    {
        var length = Decode(_decoder, packet, packet.Length, _decoded, _decoded.Length / 2, 0);
        Assert.True(length > 0, $"libopus could not decode a packet of {packet.Length} bytes: {length}.");
        return [.. Enumerable.Range(0, length).Select(i => (_decoded[2 * i] + _decoded[(2 * i) + 1]) / 2)];
    }

    public void Dispose() => Destroy(_decoder);

    [LibraryImport(Library, EntryPoint = "opus_decoder_create")]
    private static partial nint Create(int rate, int channels, out int error);

    [LibraryImport(Library, EntryPoint = "opus_decoder_destroy")]
    private static partial void Destroy(nint decoder);

    [LibraryImport(Library, EntryPoint = "opus_decode_float")]
    private static partial int Decode(nint decoder, byte[] packet, int length, [Out] float[] samples, int limit, int correctsErrors);
}
