using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Fixity;

/// <summary>Reads no faster than it may on average, so that checks leave the disk to visitors.</summary>
internal sealed class PacedStream(Stream inner, long bytesPerSecond, TimeProvider time) : ForwardReading
{
    private readonly long _beganAt = time.GetTimestamp();
    private long _total;

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
}
