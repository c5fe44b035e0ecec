using System.Threading.Channels;

namespace Preserve.Workers.Watching;

/// <summary>
/// Tells one viewer where others point. Only the newest place of each mark counts, at most twenty times a second, so a slow viewer costs no
/// memory. Owns its task; disposing ends and awaits it.
/// </summary>
internal sealed class PointerSender : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly PointerPlace?[] _places = new PointerPlace?[2];
    private readonly Lock _lock = new();
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Func<PointerMark, PointerPlace, CancellationToken, Task> _send;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;
    private bool _isDisposed;

    public PointerSender(Func<PointerMark, PointerPlace, CancellationToken, Task> send, TimeProvider time)
    {
        (_send, _time) = (send, time);
        _running = RunAsync();
    }

    /// <summary>Returns at once.</summary>
    public void Show(PointerMark mark, PointerPlace place)
    {
        lock (_lock)
        {
            _places[(int)mark] = place;
        }

        _changes.Writer.TryWrite(true);
    }

    /// <summary>Disposing again only waits.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            await _running;
            return;
        }

        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var _ in _changes.Reader.ReadAllAsync(_ending.Token))
            {
                foreach (var mark in Enum.GetValues<PointerMark>())
                {
                    if (Take(mark) is { } place)
                    {
                        await _send(mark, place, _ending.Token);
                    }
                }

                await Task.Delay(Pace, _time, _ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed, or the connection has gone.
        }
    }

    private PointerPlace? Take(PointerMark mark)
    {
        lock (_lock)
        {
            var place = _places[(int)mark];
            _places[(int)mark] = null;
            return place;
        }
    }
}
