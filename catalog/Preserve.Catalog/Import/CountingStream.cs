using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Import;

/// <summary>Passes reads on and tells how much was read.</summary>
internal sealed class CountingStream(Stream inner, Action<int> count) : ForwardReading
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        count(read);
        return read;
    }
}
