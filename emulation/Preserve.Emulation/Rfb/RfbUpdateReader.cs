using System.Buffers.Binary;
using Preserve.Emulation.Display;
using Preserve.Emulation.Rfb.Decoders;

namespace Preserve.Emulation.Rfb;

/// <summary>FramebufferUpdate (RFC 6143 §7.6.1): a number of rectangles, each handed to the decoder of its encoding.</summary>
internal sealed class RfbUpdateReader(RfbReader reader, Framebuffer screen, IReadOnlyList<IRfbDecoder> decoders)
{
    private const int HeaderLength = 12;

    /// <summary>Reads one update after its message type. Viewers are woken once, when all of it is on the screen.</summary>
    public async ValueTask<RfbUpdateContent> ReadAsync(CancellationToken cancellationToken)
    {
        await reader.SkipAsync(1, cancellationToken);
        var remaining = await reader.ReadUInt16Async(cancellationToken);
        var content = RfbUpdateContent.None;
        screen.BeginUpdate();
        try
        {
            for (; remaining > 0; remaining--)
            {
                var (area, encoding) = ParseHeader((await reader.ReadAsync(HeaderLength, cancellationToken)).Span);
                if (encoding == RfbEncoding.LastRect)
                {
                    break;
                }

                await Find(encoding).DecodeAsync(area, cancellationToken);
                content |= ContentOf(encoding);
            }
        }
        finally
        {
            screen.EndUpdate();
        }

        return content;
    }

    private static (Rectangle Area, RfbEncoding Encoding) ParseHeader(ReadOnlySpan<byte> header) =>
        (new Rectangle(
            BinaryPrimitives.ReadUInt16BigEndian(header),
            BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(header[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(header[6..])),
        (RfbEncoding)BinaryPrimitives.ReadInt32BigEndian(header[8..]));

    private static RfbUpdateContent ContentOf(RfbEncoding encoding) => encoding switch
    {
        RfbEncoding.Raw or RfbEncoding.CopyRect => RfbUpdateContent.Pixels,
        RfbEncoding.DesktopSize => RfbUpdateContent.Size,
        _ => RfbUpdateContent.None,
    };

    private IRfbDecoder Find(RfbEncoding encoding)
    {
        // Eight at most: quicker than a dictionary, and in the order of their frequency.
        for (var i = 0; i < decoders.Count; i++)
        {
            if (decoders[i].Encoding == encoding)
            {
                return decoders[i];
            }
        }

        throw new RfbProtocolException($"Server sent a rectangle in encoding {(int)encoding}, which we did not offer.");
    }
}

/// <summary>What an update held.</summary>
[Flags]
internal enum RfbUpdateContent
{
    None = 0,
    Pixels = 1,
    Size = 2,
}
