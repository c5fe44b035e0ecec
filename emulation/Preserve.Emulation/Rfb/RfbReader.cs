using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Preserve.Emulation.Rfb;

/// <summary>Bytes from the server through one pooled buffer. One caller at a time.</summary>
/// <remarks>Pixels are handed on out of this buffer, so that a screen passes through with no copy between socket and framebuffer.</remarks>
internal sealed class RfbReader(Stream stream) : IDisposable
{
    /// <summary>Most bytes that <see cref="ReadAsync"/> can return at once: sixteen rows of the widest screen.</summary>
    public const int Capacity = 256 * 1024;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(Capacity);
    private int _start;
    private int _end;
    private bool _isDisposed;

    /// <summary>Reads exactly <paramref name="count"/> bytes, which stay valid until the next read.</summary>
    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        return _end - _start >= count ? ValueTask.FromResult(Take(count)) : FillAndTakeAsync(count, cancellationToken);
    }

    public async ValueTask<byte> ReadByteAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(1, cancellationToken)).Span[0];

    public async ValueTask<ushort> ReadUInt16Async(CancellationToken cancellationToken) =>
        BinaryPrimitives.ReadUInt16BigEndian((await ReadAsync(2, cancellationToken)).Span);

    /// <summary>Reads a length or count of four bytes.</summary>
    /// <exception cref="RfbProtocolException">It is larger than <paramref name="maximum"/>.</exception>
    public async ValueTask<int> ReadLengthAsync(string what, int maximum, CancellationToken cancellationToken)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian((await ReadAsync(4, cancellationToken)).Span);
        return length <= maximum
            ? (int)length
            : throw new RfbProtocolException($"Server announced {length} bytes of {what}; the most we take is {maximum}.");
    }

    /// <summary>Reads text of a length of four bytes (RFC 6143 §7.3.2: ASCII; anything else is replaced).</summary>
    public async ValueTask<string> ReadTextAsync(string what, int maximum, CancellationToken cancellationToken)
    {
        var length = await ReadLengthAsync(what, maximum, cancellationToken);
        return Encoding.ASCII.GetString((await ReadAsync(length, cancellationToken)).Span);
    }

    /// <summary>Fills <paramref name="target"/>, which may be larger than the buffer.</summary>
    public async ValueTask ReadIntoAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        while (!target.IsEmpty)
        {
            var part = Math.Min(target.Length, Capacity);
            (await ReadAsync(part, cancellationToken)).CopyTo(target);
            target = target[part..];
        }
    }

    /// <summary>Reads and drops.</summary>
    public async ValueTask SkipAsync(int count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            count -= (await ReadAsync(Math.Min(count, Capacity), cancellationToken)).Length;
        }
    }

    /// <summary>Gives the buffer back. Only when no read is under way.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>> FillAndTakeAsync(int count, CancellationToken cancellationToken)
    {
        if (_start + count > Capacity || _start == _end)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        while (_end - _start < count)
        {
            var received = await stream.ReadAsync(_buffer.AsMemory(_end, Capacity - _end), cancellationToken);
            if (received == 0)
            {
                throw new EndOfStreamException("The display server closed the connection.");
            }

            _end += received;
        }

        return Take(count);
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        var taken = _buffer.AsMemory(_start, count);
        _start += count;
        return taken;
    }
}
