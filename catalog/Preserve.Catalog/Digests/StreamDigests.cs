using System.Buffers;

namespace Preserve.Catalog.Digests;

/// <summary>
/// Several digests of a stream in one pass, which may also be copied. Two buffers: while one is digested, by each algorithm on
/// a processor of its own, the other is filled. Memory does not grow with the stream.
/// </summary>
public static class StreamDigests
{
    private const int BufferLength = 1024 * 1024;

    // Below it, handing pieces to other threads costs more than it gains.
    private const int WorthSharing = 64 * 1024;

    /// <summary>Reads to the end, or to one byte past the maximum.</summary>
    /// <param name="source">Read from where it stands.</param>
    /// <param name="algorithms">Of <see cref="DigestNames"/>, each once.</param>
    /// <param name="target">Gets what was read; null for none.</param>
    /// <param name="maximumLengthInBytes">Past it reading stops.</param>
    /// <param name="cancellationToken">Stops between two pieces.</param>
    /// <returns>Digests in lower-case hexadecimal by algorithm, and how much was read.</returns>
    public static async Task<DigestedContent> ReadAsync(
        Stream source, IReadOnlyCollection<string> algorithms, Stream? target, long maximumLengthInBytes, CancellationToken cancellationToken)
    {
        var digests = algorithms.Select(RunningDigest.Create).ToArray();
        var filled = ArrayPool<byte>.Shared.Rent(BufferLength);
        var next = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var total = await PumpAsync(source, digests, target, maximumLengthInBytes, filled, next, cancellationToken);
            return new DigestedContent(digests.ToDictionary(digest => digest.Algorithm, digest => digest.Finish()), total);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(filled);
            ArrayPool<byte>.Shared.Return(next);
            Array.ForEach(digests, digest => digest.Dispose());
        }
    }

    private static async Task<long> PumpAsync(
        Stream source, RunningDigest[] digests, Stream? target, long maximum, byte[] filled, byte[] next, CancellationToken cancellationToken)
    {
        long total = 0;
        var count = await FillAsync(source, filled, maximum, cancellationToken);
        while (count > 0)
        {
            total += count;
            var digesting = DigestAsync(digests, filled, count);
            try
            {
                if (target is not null)
                {
                    await target.WriteAsync(filled.AsMemory(0, count), cancellationToken);
                }

                count = await FillAsync(source, next, maximum - total, cancellationToken);
            }
            finally
            {
                // Also when reading failed: the buffers go back to the pool, and nobody may still look at them.
                await digesting;
            }

            (filled, next) = (next, filled);
        }

        return total;
    }

    // One byte more than may still come: enough to see that there is too much.
    private static async ValueTask<int> FillAsync(Stream source, byte[] buffer, long left, CancellationToken cancellationToken)
    {
        if (left < 0)
        {
            return 0;
        }

        var wanted = (int)Math.Min(buffer.Length, left == long.MaxValue ? left : left + 1);
        return await source.ReadAtLeastAsync(buffer.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, cancellationToken);
    }

    private static Task DigestAsync(RunningDigest[] digests, byte[] buffer, int count)
    {
        if (count >= WorthSharing)
        {
            return Task.WhenAll(digests.Select(digest => Task.Run(() => digest.Append(buffer, count))));
        }

        Array.ForEach(digests, digest => digest.Append(buffer, count));
        return Task.CompletedTask;
    }
}

/// <summary>What was read.</summary>
/// <param name="Digests">Lower-case hexadecimal by algorithm.</param>
/// <param name="LengthInBytes">How much was read; one more than the maximum when there was more.</param>
public sealed record DigestedContent(IReadOnlyDictionary<string, string> Digests, long LengthInBytes);
