using System.Threading.Channels;

namespace Preserve.Workers.Sound;

/// <summary>Brings packets of sound to one viewer that listens. Owns its task; disposing ends and awaits it.</summary>
internal sealed class SoundSender : IAsyncDisposable
{
    /// <summary>Packets that may wait, 0.12 s: what a player would throw away anyhow is not sent.</summary>
    private const int MostWaiting = 6;

    // Old sound is worth nothing: a viewer that falls behind loses the oldest and stays in time.
    private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Func<byte[], CancellationToken, Task> _send;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;

    /// <param name="format">Of the packets that will be offered.</param>
    /// <param name="send">Hands one packet over; never called twice at one time.</param>
    public SoundSender(SoundFormat format, Func<byte[], CancellationToken, Task> send)
    {
        (Format, _send) = (format, send);
        _running = Task.Run(RunAsync);
    }

    public SoundFormat Format { get; }

    /// <summary>Sends a packet as soon as the viewer takes it. Returns at once.</summary>
    public void Offer(byte[] packet) => _waiting.Writer.TryWrite(packet);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var packet in _waiting.Reader.ReadAllAsync(_ending.Token))
            {
                await _send(packet, _ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed, or the connection has gone.
        }
    }
}
