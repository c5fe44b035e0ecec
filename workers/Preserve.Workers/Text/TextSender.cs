using Preserve.Emulation.Machines;

namespace Preserve.Workers.Text;

/// <summary>Brings one machine's text to one viewer that reads it. Owns its task; disposing ends and awaits it.</summary>
/// <remarks>Changes are merged, never queued: a viewer that falls behind gets the difference between what it knows and what is.</remarks>
internal sealed class TextSender : IAsyncDisposable
{
    /// <summary>Shortest time between two messages.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Readings without text after which it is told: between two modes a picture is none for a moment.</summary>
    private const int ReadingsToBelieve = 2;

    private readonly SharedText _text;
    private readonly string _codePage;
    private readonly Func<TextMessage?, CancellationToken, Task> _send;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;
    private TextScreen? _known;
    private bool _hasSent;
    private int _readingsWithout;

    /// <param name="text">What to read.</param>
    /// <param name="codePage">Name of the character set.</param>
    /// <param name="send">Hands one message over, null for "no text now"; never called twice at one time.</param>
    /// <param name="time">Clock for the interval.</param>
    public TextSender(SharedText text, string codePage, Func<TextMessage?, CancellationToken, Task> send, TimeProvider time)
    {
        (_text, _codePage, _send, _time) = (text, codePage, send, time);
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            do
            {
                await SendChangeAsync(await _text.ReadAsync(_ending.Token));
            }
            while (await timer.WaitForNextTickAsync(_ending.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or MachineException or ObjectDisposedException)
        {
            // Disposed, the connection has gone, or the machine is ending: who watches over either tells the visitor.
        }
    }

    private async Task SendChangeAsync(TextScreen? now)
    {
        if (now is not null)
        {
            _readingsWithout = 0;
            if (TextDifference.Make(_known, now, _codePage) is { } difference)
            {
                (_known, _hasSent) = (now, true);
                await _send(difference, _ending.Token);
            }
        }
        else if (++_readingsWithout >= ReadingsToBelieve && (_known is not null || !_hasSent))
        {
            (_known, _hasSent) = (null, true);
            await _send(null, _ending.Token);
        }
    }
}
