using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Preserve.Emulation.Qemu;

/// <summary>Cuts what QEMU sends into messages: one JSON object a line, each line bounded. Not thread-safe.</summary>
internal sealed class QmpLines(Stream stream) : IAsyncDisposable
{
    /// <summary>Longest message accepted, in bytes. QEMU's longest answers (its own schema) are about 200 KB.</summary>
    public const int MaximumLengthInBytes = 1024 * 1024;

    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>The next message, or null when the peer has closed.</summary>
    /// <exception cref="QmpException">A line is too long or is not a JSON object.</exception>
    public async ValueTask<JsonElement?> ReadAsync()
    {
        while (true)
        {
            var result = await _reader.ReadAsync();
            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var message = Parse(buffer.Slice(0, end));
                _reader.AdvanceTo(buffer.GetPosition(1, end));
                return message;
            }

            if (buffer.Length > MaximumLengthInBytes)
            {
                throw new QmpException(QmpException.Broken, $"QEMU sent a message longer than {MaximumLengthInBytes} bytes.");
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    public ValueTask DisposeAsync() => _reader.CompleteAsync();

    private static JsonElement Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            var message = JsonElement.ParseValue(ref reader);
            return message.ValueKind == JsonValueKind.Object
                ? message
                : throw new QmpException(QmpException.Broken, $"QEMU sent a {message.ValueKind} instead of an object.");
        }
        catch (JsonException e)
        {
            throw new QmpException(QmpException.Broken, "QEMU sent a line that is not JSON.", e);
        }
    }
}
