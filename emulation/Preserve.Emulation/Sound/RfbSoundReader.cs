using Preserve.Emulation.Rfb;

namespace Preserve.Emulation.Sound;

/// <summary>QEMU audio messages from the server: begin, data, end.</summary>
internal sealed class RfbSoundReader(RfbReader reader, RfbSound sound)
{
    private const byte AudioSubmessage = 1;
    private const int FrameLength = 4;
    private const int PieceLength = 16 * 1024;

    /// <summary>Reads one message after its type.</summary>
    public async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        var submessage = await reader.ReadByteAsync(cancellationToken);
        if (submessage != AudioSubmessage)
        {
            throw new RfbProtocolException($"Server sent QEMU message {submessage}; only audio comes from a server.");
        }

        var audioEvent = (QemuAudioEvent)await reader.ReadUInt16Async(cancellationToken);
        switch (audioEvent)
        {
            case QemuAudioEvent.Begin:
                break;
            case QemuAudioEvent.End:
                sound.Pause();
                break;
            case QemuAudioEvent.Data:
                await ReadSamplesAsync(cancellationToken);
                break;
            default:
                throw new RfbProtocolException($"Server sent audio operation {(ushort)audioEvent}, which we do not know.");
        }
    }

    private async ValueTask ReadSamplesAsync(CancellationToken cancellationToken)
    {
        var remaining = await reader.ReadLengthAsync("sound", RfbBounds.SoundLength, cancellationToken);
        if (remaining % FrameLength != 0)
        {
            throw new RfbProtocolException($"Server sent {remaining} bytes of sound; a sample of two channels has {FrameLength}.");
        }

        while (remaining > 0)
        {
            var piece = await reader.ReadAsync(Math.Min(remaining, PieceLength), cancellationToken);
            sound.Receive(piece.Span);
            remaining -= piece.Length;
        }
    }
}
