using System.Runtime.InteropServices;

namespace Preserve.Workers.Sound;

/// <summary>The few calls that we need of libopus 1.x, by the names of opus.h.</summary>
internal static partial class LibOpus
{
    private const string Library = "libopus.so.0";

    private static readonly Lazy<bool> Presence = new(() => NativeLibrary.TryLoad(Library, out _));

    /// <summary>OPUS_APPLICATION_RESTRICTED_LOWDELAY: for music, with the shortest delay (2.5 ms).</summary>
    public const int LowDelay = 2051;

    /// <summary>OPUS_SET_BITRATE, in bits a second.</summary>
    public const int SetBitRate = 4002;

    /// <summary>OPUS_SET_COMPLEXITY, 0 to 10.</summary>
    public const int SetComplexity = 4010;

    /// <summary>Whether the library is installed.</summary>
    public static bool IsPresent => Presence.Value;

    [LibraryImport(Library, EntryPoint = "opus_encoder_create")]
    public static partial OpusEncoderHandle CreateEncoder(int rate, int channels, int application, out int error);

    [LibraryImport(Library, EntryPoint = "opus_encoder_destroy")]
    public static partial void DestroyEncoder(nint encoder);

    // It takes a variable list of arguments. With whole numbers alone that is the same call on Linux, on x86-64 and on ARM.
    [LibraryImport(Library, EntryPoint = "opus_encoder_ctl")]
    public static partial int Control(OpusEncoderHandle encoder, int request, int value);

    [LibraryImport(Library, EntryPoint = "opus_encode")]
    public static partial int Encode(OpusEncoderHandle encoder, ReadOnlySpan<short> samples, int length, Span<byte> packet, int packetLimit);
}

/// <summary>Owns one encoder of libopus.</summary>
internal sealed class OpusEncoderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibOpus.DestroyEncoder(handle);
        return true;
    }
}
