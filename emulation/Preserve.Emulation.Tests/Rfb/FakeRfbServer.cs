using System.Buffers.Binary;
using System.Threading.Channels;

namespace Preserve.Emulation.Tests.Rfb;

/// <summary>A display server in memory that delivers one byte at a time and remembers what it was sent.</summary>
internal sealed class FakeRfbServer : Stream
{
    private static readonly byte[] NativeFormat = [32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0];

    private readonly Channel<byte[]> _toClient = Channel.CreateBounded<byte[]>(4096);
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _lock = new();
    private readonly List<byte> _sent = [];
    private readonly int _bytesAtATime;
    private TaskCompletionSource _sentMore = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReadOnlyMemory<byte> _current;

    public FakeRfbServer(int bytesAtATime = 1) => _bytesAtATime = bytesAtATime;

    public bool IsDisposed => _closed.IsCancellationRequested;

    /// <summary>Largest read the client asked for.</summary>
    public int LargestRead { get; private set; }

    public FakeRfbServer Says(params ReadOnlySpan<byte> bytes)
    {
        Assert.True(_toClient.Writer.TryWrite(bytes.ToArray()));
        return this;
    }

    public FakeRfbServer Greets(int width, int height) =>
        Says("RFB 003.008\n"u8).Says(1, 1).Says(0, 0, 0, 0).Says([.. Word(width), .. Word(height), .. NativeFormat, 0, 0, 0, 4, .. "QEMU"u8]);

    public FakeRfbServer Updates(params byte[][] rectangles) =>
        Says([0, 0, .. Word(rectangles.Length), .. rectangles.SelectMany(r => r)]);

    public void HangsUp() => _toClient.Writer.TryComplete();

    /// <summary>Waits until the client has sent this much after what was taken before, and takes it.</summary>
    public async Task<byte[]> TakeSentAsync(int count)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_sent.Count >= count)
                {
                    var taken = _sent.GetRange(0, count).ToArray();
                    _sent.RemoveRange(0, count);
                    return taken;
                }

                more = _sentMore.Task;
            }

            await more.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What was sent and not taken yet.</summary>
    public byte[] Untaken()
    {
        lock (_lock)
        {
            return [.. _sent];
        }
    }

    public static byte[] Rectangle(int x, int y, int width, int height, int encoding, params ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, encoding);
        return [.. Word(x), .. Word(y), .. Word(width), .. Word(height), .. number, .. content];
    }

    public static byte[] Raw(int x, int y, int width, int height, uint colour) =>
        Rectangle(x, y, width, height, 0, [.. Enumerable.Range(0, width * height).SelectMany(_ => BitConverter.GetBytes(colour))]);

    public static byte[] Word(int value) => [(byte)(value >> 8), (byte)value];

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        LargestRead = Math.Max(LargestRead, buffer.Length);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        while (_current.IsEmpty)
        {
            if (!await _toClient.Reader.WaitToReadAsync(either.Token))
            {
                return 0;
            }

            _current = await _toClient.Reader.ReadAsync(either.Token);
        }

        var count = Math.Min(Math.Min(_bytesAtATime, buffer.Length), _current.Length);
        _current[..count].CopyTo(buffer);
        _current = _current[count..];
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        lock (_lock)
        {
            _sent.AddRange(buffer.Span);
            _sentMore.TrySetResult();
            _sentMore = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return ValueTask.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        _closed.Cancel();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
