namespace Preserve.Catalog.Ingest;

/// <summary>A file on its way into quarantine from a stream of this host, digested as it is written. Deleted again unless it is finished.</summary>
internal sealed class QuarantineFile : Stream
{
    private readonly QuarantineFolder _quarantine;
    private readonly FileStream _file;
    private readonly FourDigests _digests = new();
    private bool _isFinished;

    public QuarantineFile(QuarantineFolder quarantine)
    {
        _quarantine = quarantine;
        _file = quarantine.OpenForWriting(Id);
    }

    public Guid Id { get; } = Guid.NewGuid();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _digests.LengthInBytes;

    public override long Position
    {
        get => _digests.LengthInBytes;
        set => throw new NotSupportedException();
    }

    /// <summary>Makes it survive a power cut and says what it is.</summary>
    public FileDigests Finish()
    {
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
        _quarantine.Sync();
        _isFinished = true;
        return _digests.Finish();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var writing = _file.WriteAsync(buffer, cancellationToken);
        await _digests.AppendAsync(buffer);
        await writing;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _digests.Dispose();
            if (!_isFinished)
            {
                _quarantine.Delete(Id);
            }
        }

        base.Dispose(disposing);
    }
}
