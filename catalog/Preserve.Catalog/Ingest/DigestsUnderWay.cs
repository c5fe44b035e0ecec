using System.Collections.Concurrent;

namespace Preserve.Catalog.Ingest;

/// <summary>
/// Digests of uploads that came in several pieces, kept between the pieces as long as the process lives. Whoever finds none makes the
/// digests from the whole file when it is there: they are an economy and never the truth.
/// </summary>
internal sealed class DigestsUnderWay
{
    /// <summary>Unfinished uploads that are remembered; each holds about a kilobyte.</summary>
    private const int Maximum = 10_000;

    private readonly ConcurrentDictionary<Guid, FourDigests> _waiting = new();

    /// <summary>Takes out the digests that stand at exactly this offset; null for none. The caller owns them.</summary>
    public FourDigests? Take(Guid id, long offsetInBytes)
    {
        if (offsetInBytes == 0)
        {
            Forget(id);
            return new FourDigests();
        }

        if (!_waiting.TryRemove(id, out var digests))
        {
            return null;
        }

        if (digests.LengthInBytes == offsetInBytes)
        {
            return digests;
        }

        digests.Dispose();
        return null;
    }

    /// <summary>Puts them back for the next piece. They belong to this object then.</summary>
    public void Keep(Guid id, FourDigests digests)
    {
        if (_waiting.Count >= Maximum || !_waiting.TryAdd(id, digests))
        {
            digests.Dispose();
        }
    }

    public void Forget(Guid id)
    {
        if (_waiting.TryRemove(id, out var digests))
        {
            digests.Dispose();
        }
    }
}
