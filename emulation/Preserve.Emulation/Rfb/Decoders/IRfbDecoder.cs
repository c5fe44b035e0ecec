using Preserve.Emulation.Display;

namespace Preserve.Emulation.Rfb.Decoders;

/// <summary>Reads what one encoding puts in a rectangle of an update and applies it.</summary>
internal interface IRfbDecoder
{
    RfbEncoding Encoding { get; }

    /// <summary>Consumes exactly the rectangle's bytes.</summary>
    /// <param name="area">As the rectangle's header has it; not checked: announcements put other things in these numbers.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    /// <exception cref="RfbProtocolException">The rectangle breaks the protocol or a bound.</exception>
    ValueTask DecodeAsync(Rectangle area, CancellationToken cancellationToken);
}
