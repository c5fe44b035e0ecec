namespace Preserve.Emulation.Rfb;

/// <summary>The display server broke the RFB protocol (RFC 6143), or asked for more than we allow.</summary>
public sealed class RfbProtocolException(string message, Exception? inner = null) : Exception(message, inner);
