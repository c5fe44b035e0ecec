using Preserve.Emulation.Display;
using Preserve.Emulation.Sound;

namespace Preserve.Emulation.Rfb;

/// <summary>Messages from the server after the handshake (RFC 6143 §7.6), one at a time.</summary>
internal sealed class RfbMessageReader(RfbReader reader, RfbUpdateReader updates, RfbSoundReader sounds, Framebuffer screen, RfbWriter writer)
{
    /// <summary>Consumes one message. An update is answered at once with the request for the next.</summary>
    /// <returns>What an update held; nothing for other messages.</returns>
    public async ValueTask<RfbUpdateContent> ReadAsync(CancellationToken cancellationToken)
    {
        var type = (RfbServerMessage)await reader.ReadByteAsync(cancellationToken);
        switch (type)
        {
            case RfbServerMessage.FramebufferUpdate:
                var content = await updates.ReadAsync(cancellationToken);
                await RequestNextAsync(content, cancellationToken);
                return content;
            case RfbServerMessage.SetColourMapEntries:
                await SkipColourMapAsync(cancellationToken);
                break;
            case RfbServerMessage.Bell:
                break;
            case RfbServerMessage.ServerCutText:
                await reader.SkipAsync(3, cancellationToken);
                await reader.SkipAsync(await reader.ReadLengthAsync("clipboard text", RfbBounds.CutTextLength, cancellationToken), cancellationToken);
                break;
            case RfbServerMessage.Qemu:
                await sounds.ReadAsync(cancellationToken);
                break;
            default:
                throw new RfbProtocolException($"Server sent a message of type {(byte)type}, which we do not know.");
        }

        return RfbUpdateContent.None;
    }

    // After a change of size the whole screen is asked for: what was there before is undefined (RFC 6143 §7.8.2).
    private async ValueTask RequestNextAsync(RfbUpdateContent content, CancellationToken cancellationToken)
    {
        var (width, height) = screen.Size;
        using var turn = await writer.TakeTurnAsync(cancellationToken);
        await turn.RequestUpdateAsync(isIncremental: !content.HasFlag(RfbUpdateContent.Size), width, height);
    }

    // We asked for true colour, but a server may have sent this before it read that (RFC 6143 §7.6.2).
    private async ValueTask SkipColourMapAsync(CancellationToken cancellationToken)
    {
        await reader.SkipAsync(3, cancellationToken);
        await reader.SkipAsync(6 * await reader.ReadUInt16Async(cancellationToken), cancellationToken);
    }
}
