using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Preserve.Emulation.Rfb;

/// <summary>Messages to the server, one at a time. Safe for concurrent callers.</summary>
/// <remarks>
/// Once the connection has ended, messages are dropped: <see cref="RfbClient.Completion"/> tells that it ended, and a key
/// pressed a moment later is no fault of whoever pressed it.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds memory only, and a caller may come after the connection's end.")]
internal sealed class RfbWriter(Stream stream, TimeProvider time, CancellationToken lifetime)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly byte[] _message = new byte[64];

    /// <summary>Waits until it is the caller's turn to write. Messages of one turn are sent without another's between them.</summary>
    public async ValueTask<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(this);
    }

    private async ValueTask SendAsync(int length)
    {
        if (lifetime.IsCancellationRequested)
        {
            return;
        }

        try
        {
            // A caller's cancellation must not end a write: half a message would leave the stream unusable for everyone.
            var writing = stream.WriteAsync(_message.AsMemory(0, length), lifetime);
            await (writing.IsCompletedSuccessfully ? writing : WaitWithPatienceAsync(writing));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The reader meets the same end of the connection and reports it.
        }
    }

    private async ValueTask WaitWithPatienceAsync(ValueTask writing)
    {
        var sent = writing.AsTask();
        try
        {
            await sent.WaitAsync(RfbBounds.WritePatience, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // Closing fails the write and ends the reader, which reports that the connection is over.
            await stream.DisposeAsync();
            await sent;
        }
    }

    /// <summary>The right to write until disposed.</summary>
    public readonly struct Turn(RfbWriter writer) : IDisposable
    {
        public void Dispose() => writer._turn.Release();

        /// <summary>RFC 6143 §7.5.1.</summary>
        public ValueTask SetPixelFormatAsync(PixelFormat format)
        {
            var message = Begin(RfbClientMessage.SetPixelFormat, 4);
            format.Write(message.AsSpan(4));
            return writer.SendAsync(4 + PixelFormat.WireLength);
        }

        /// <summary>RFC 6143 §7.5.2.</summary>
        public ValueTask SetEncodingsAsync(ReadOnlySpan<RfbEncoding> encodings)
        {
            var message = Begin(RfbClientMessage.SetEncodings, 4);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)encodings.Length);
            for (var i = 0; i < encodings.Length; i++)
            {
                BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4 + (4 * i)), (int)encodings[i]);
            }

            return writer.SendAsync(4 + (4 * encodings.Length));
        }

        /// <summary>RFC 6143 §7.5.3, for the whole screen.</summary>
        public ValueTask RequestUpdateAsync(bool isIncremental, int width, int height)
        {
            var message = Begin(RfbClientMessage.FramebufferUpdateRequest, 10);
            message[1] = isIncremental ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), (ushort)width);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(8), (ushort)height);
            return writer.SendAsync(10);
        }

        /// <summary>RFC 6143 §7.5.4.</summary>
        public ValueTask KeyAsync(uint keysym, bool isDown)
        {
            var message = Begin(RfbClientMessage.KeyEvent, 8);
            message[1] = isDown ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), keysym);
            return writer.SendAsync(8);
        }

        /// <summary>QEMU extended key event: keysym and the key's own scancode.</summary>
        public ValueTask ExtendedKeyAsync(byte scancode, uint keysym, bool isDown)
        {
            var message = Begin(RfbClientMessage.Qemu, 12);
            message[1] = (byte)QemuClientMessage.ExtendedKeyEvent;
            message[3] = isDown ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), keysym);
            BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), scancode);
            return writer.SendAsync(12);
        }

        /// <summary>RFC 6143 §7.5.5.</summary>
        public ValueTask PointerAsync(byte buttons, ushort x, ushort y)
        {
            var message = Begin(RfbClientMessage.PointerEvent, 6);
            message[1] = buttons;
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), x);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), y);
            return writer.SendAsync(6);
        }

        /// <summary>QEMU audio: begin or stop to send sound.</summary>
        public ValueTask AudioAsync(QemuAudioRequest request)
        {
            BeginAudio(request, 4);
            return writer.SendAsync(4);
        }

        /// <summary>QEMU audio: what a sample is and how many there are in a second.</summary>
        public ValueTask AudioFormatAsync(QemuSampleFormat format, byte channels, int sampleRate)
        {
            var message = BeginAudio(QemuAudioRequest.SetFormat, 10);
            message[4] = (byte)format;
            message[5] = channels;
            BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(6), (uint)sampleRate);
            return writer.SendAsync(10);
        }

        private byte[] Begin(RfbClientMessage type, int length)
        {
            writer._message.AsSpan(0, length).Clear();
            writer._message[0] = (byte)type;
            return writer._message;
        }

        private byte[] BeginAudio(QemuAudioRequest request, int length)
        {
            var message = Begin(RfbClientMessage.Qemu, length);
            message[1] = (byte)QemuClientMessage.Audio;
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)request);
            return message;
        }
    }
}
