using Preserve.Emulation.Display;
using Preserve.Workers.Frames;

namespace Preserve.Workers.Streaming;

/// <summary>
/// Brings one machine's screen to one viewer: damage -> copy -> encoder -> blobs, as far as the viewer has credit. While it has none,
/// damage merges. Owns its task; disposing ends and awaits it.
/// </summary>
internal sealed class FrameSender : IAsyncDisposable
{
    /// <summary>Shortest time between two pictures: about sixty a second.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(16);

    /// <summary>Less credit than this is not worth a blob.</summary>
    private const int LeastBudget = 2048;

    private readonly Func<byte[], CancellationToken, Task> _send;
    private readonly TimeProvider _time;
    private readonly DamageTracker _damage;
    private readonly CreditWindow _credit;
    private readonly FrameCopy _copy = new();
    private readonly FrameEncoder _encoder = new(new FrameEncoderOptions());
    private readonly List<byte[]> _blobs = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;
    private readonly Action<Exception> _failed;
    private long _lastAt;
    private volatile bool _isVisible = true;
    private volatile bool _isKeyframeWanted = true;

    /// <param name="screen">What to show.</param>
    /// <param name="send">Hands one blob over; never called twice at one time.</param>
    /// <param name="failed">Told when nothing more will come because of a fault of ours.</param>
    /// <param name="time">Clock for pace and credit.</param>
    public FrameSender(Framebuffer screen, Func<byte[], CancellationToken, Task> send, Action<Exception> failed, TimeProvider time)
    {
        (_send, _failed, _time) = (send, failed, time);
        _credit = new CreditWindow(time);
        _damage = screen.Track();
        _running = Task.Run(RunAsync);
    }

    /// <summary>False when no such blob was ever sent.</summary>
    public bool Acknowledge(uint sequence)
    {
        var isKnown = _credit.Acknowledge(sequence);
        _damage.Wake();
        return isKnown;
    }

    public void RequestKeyframe()
    {
        _credit.Forget();
        _isKeyframeWanted = true;
        _damage.Wake();
    }

    public void SetVisible(bool isVisible)
    {
        _isVisible = isVisible;
        _damage.Wake();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _damage.Dispose();
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _damage.WaitAsync(_ending.Token);
                await SendWhatFitsAsync(_ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed, or the connection has gone: either way there is nobody left to send to.
        }
        catch (Exception e)
        {
            _failed(e);
        }
    }

    private async Task SendWhatFitsAsync(CancellationToken cancellationToken)
    {
        while (_isVisible && _credit.Available is >= LeastBudget and var budget)
        {
            if (_lastAt != 0 && Pace - _time.GetElapsedTime(_lastAt) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, _time, cancellationToken);
            }

            var hasNew = _damage.TryTake(_copy);
            if (!hasNew && !_encoder.HasPending && !_isKeyframeWanted)
            {
                return;
            }

            _lastAt = _time.GetTimestamp();
            await SendPictureAsync(budget, cancellationToken);
        }
    }

    private async Task SendPictureAsync(int budget, CancellationToken cancellationToken)
    {
        // Cleared before encoding: a request that comes meanwhile asks for another one.
        var isKeyframe = _isKeyframeWanted;
        _isKeyframeWanted = false;
        _blobs.Clear();
        _encoder.Encode(_copy, isKeyframe, budget, _blobs);
        var sequence = _encoder.Sequence - (uint)_blobs.Count;
        foreach (var blob in _blobs)
        {
            _credit.Sent(++sequence, blob.Length);
            await _send(blob, cancellationToken);
        }
    }
}
