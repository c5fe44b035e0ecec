using Preserve.Emulation.Display;

namespace Preserve.Emulation.Rfb;

/// <summary>The most we take from a display server. Past a bound the connection ends with <see cref="RfbProtocolException"/>.</summary>
internal static class RfbBounds
{
    /// <summary>Widest and tallest screen, in pixels.</summary>
    public const int ScreenSide = Framebuffer.MaximumSide;

    /// <summary>Widest and tallest cursor, in pixels.</summary>
    public const int CursorSide = 256;

    /// <summary>Longest name of the desktop, in bytes.</summary>
    public const int NameLength = 4096;

    /// <summary>Longest reason for a refusal, in bytes.</summary>
    public const int ReasonLength = 4096;

    /// <summary>Longest clipboard text, in bytes. It is read and dropped.</summary>
    public const int CutTextLength = 1 << 20;

    /// <summary>Longest single piece of sound, in bytes: about six seconds.</summary>
    public const int SoundLength = 1 << 20;

    /// <summary>How long the server may leave a message unread before the connection is given up.</summary>
    public static TimeSpan WritePatience { get; } = TimeSpan.FromSeconds(30);
}
