using System.Threading.Channels;
using Preserve.Emulation.Machines;

namespace Preserve.Workers.Streaming;

/// <summary>Brings one machine's sound to one viewer that listens. Owns its task; disposing ends and awaits it.</summary>
internal sealed class SoundSender : IAsyncDisposable
{
    /// <summary>Signed 16-bit little-endian stereo, as the machine makes it: docs/session-hub.md.</summary>
    public const int PcmFormat = 0;

    /// <summary>Longest message in bytes.</summary>
    private const int LongestPart = 32 * 1024;

    // Old sound is worth nothing: a viewer that falls behind loses the oldest and stays in time.
    private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(32) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly IMachineSound _sound;
    private readonly Func<byte[], CancellationToken, Task> _send;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;

    public SoundSender(IMachineSound sound, Func<byte[], CancellationToken, Task> send)
    {
        (_sound, _send) = (sound, send);
        _running = Task.Run(RunAsync);
        _sound.Samples += Receive;
    }

    public async ValueTask DisposeAsync()
    {
        _sound.Samples -= Receive;
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
    }

    private void Receive(ReadOnlyMemory<byte> samples)
    {
        for (var at = 0; at < samples.Length; at += LongestPart)
        {
            _waiting.Writer.TryWrite(samples.Slice(at, Math.Min(LongestPart, samples.Length - at)).ToArray());
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var part in _waiting.Reader.ReadAllAsync(_ending.Token))
            {
                await _send(part, _ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed, or the connection has gone.
        }
    }
}
