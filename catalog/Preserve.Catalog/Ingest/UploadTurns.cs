using System.Collections.Concurrent;

namespace Preserve.Catalog.Ingest;

/// <summary>
/// One writer an upload. Whoever comes next asks the one before to stop: a client whose connection broke comes back long before its old
/// request is noticed to be dead.
/// </summary>
internal sealed class UploadTurns
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, Turn> _turns = new();

    /// <summary>Null when the writer before does not let go within ten seconds.</summary>
    public async Task<Turn?> TakeAsync(Guid id, TimeProvider time, CancellationToken cancellationToken)
    {
        var mine = new Turn(this, id);
        var began = time.GetTimestamp();
        while (!_turns.TryAdd(id, mine))
        {
            if (!_turns.TryGetValue(id, out var other))
            {
                continue;
            }

            await other.AskToStopAsync();
            try
            {
                await other.Ended.WaitAsync(_patience, cancellationToken);
            }
            catch (TimeoutException)
            {
                return null;
            }

            if (time.GetElapsedTime(began) > _patience)
            {
                return null;
            }
        }

        return mine;
    }

    /// <summary>The right to write; given back by disposing.</summary>
    internal sealed class Turn(UploadTurns turns, Guid id) : IDisposable
    {
        private readonly CancellationTokenSource _asked = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Fires when somebody else wants to write.</summary>
        public CancellationToken Asked => _asked.Token;

        public Task Ended => _ended.Task;

        // Not disposed of: whoever waits may still ask, and a source without a timer holds nothing.
        public Task AskToStopAsync() => _asked.CancelAsync();

        public void Dispose()
        {
            turns._turns.TryRemove(KeyValuePair.Create(id, this));
            _ended.TrySetResult();
        }
    }
}
