namespace Preserve.Catalog.Fixity;

/// <summary>Reads no faster than it may on average, so that checks leave the disk to visitors.</summary>
internal sealed class PacedStream(Stream inner, long bytesPerSecond, TimeProvider time) : Stream
{
    private readonly long _beganAt = time.GetTimestamp();
    private long _total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var ahead = TimeSpan.FromSeconds((double)_total / bytesPerSecond) - time.GetElapsedTime(_beganAt);
        if (ahead > TimeSpan.Zero)
        {
            await Task.Delay(ahead, time, cancellationToken);
        }

        var read = await inner.ReadAsync(buffer, cancellationToken);
        _total += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
