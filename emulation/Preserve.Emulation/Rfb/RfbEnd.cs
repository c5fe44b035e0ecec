namespace Preserve.Emulation.Rfb;

/// <summary>How a connection to a display server ended.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Error">What was thrown, where something was.</param>
public sealed record RfbEnd(RfbEndCause Cause, Exception? Error);

/// <summary>Why a connection to a display server ended.</summary>
public enum RfbEndCause
{
    /// <summary>We closed it.</summary>
    Disposed,

    /// <summary>The server closed it, or the socket broke.</summary>
    PeerClosed,

    /// <summary>The server broke the protocol or a bound: <see cref="RfbEnd.Error"/> is an <see cref="RfbProtocolException"/>.</summary>
    ProtocolBroken,

    /// <summary>A listener of ours threw, or something else that should not happen did.</summary>
    Failed,
}
