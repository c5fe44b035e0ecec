using System.Net.Sockets;
using Preserve.Emulation.Machines;

namespace Preserve.Workers.Sound;

/// <summary>
/// One machine's sound for everybody who listens: samples -> frames of 20 ms -> one encoder for each format in use -> every listener's sender.
/// While nobody listens the machine is not asked for sound, and while it is silent nothing is sent. Safe for concurrent use.
/// </summary>
internal sealed class SoundCast
{
    private readonly Lock _lock = new();
    private readonly List<SoundSender> _listeners = [];
    private readonly Dictionary<SoundFormat, ISoundEncoder> _encoders = [];

    private readonly IMachineSound _sound;
    private readonly FrameCutter _cutter;

    // Who comes and who goes at one time must not overtake each other on the way to the machine.
    private Task _asking = Task.CompletedTask;

    /// <param name="sound">The machine's sound, at <see cref="SoundFrame.Rate"/>.</param>
    public SoundCast(IMachineSound sound)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sound.SampleRate, SoundFrame.Rate);
        _sound = sound;
        _cutter = new FrameCutter(Send);
        _sound.Samples += Receive;
        _sound.FellSilent += End;
    }

    /// <summary>The first of the formats that can be made here, in the player's order; PCM when there is none.</summary>
    public static SoundFormat Choose(IEnumerable<int> formats) =>
        formats.Select(format => (SoundFormat)format).FirstOrDefault(format => format == SoundFormat.Pcm || (format == SoundFormat.Opus && LibOpus.IsPresent));

    /// <summary>Sends what is heard from now on to one more listener.</summary>
    public Task AddAsync(SoundSender listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
            if (!_encoders.ContainsKey(listener.Format))
            {
                _encoders.Add(listener.Format, listener.Format == SoundFormat.Opus ? new OpusSoundEncoder() : new PcmSoundEncoder());
            }

            return _asking = AskAsync(_asking);
        }
    }

    /// <summary>Sends nothing more to a listener. The last one takes the encoder with it.</summary>
    public Task RemoveAsync(SoundSender listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
            if (!_listeners.Exists(other => other.Format == listener.Format) && _encoders.Remove(listener.Format, out var encoder))
            {
                encoder.Dispose();
            }

            return _asking = AskAsync(_asking);
        }
    }

    private async Task AskAsync(Task before)
    {
        await before;
        try
        {
            bool isHeard;
            lock (_lock)
            {
                isHeard = _listeners.Count > 0;
            }

            await _sound.SetListeningAsync(isHeard, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or MachineException)
        {
            // The machine is ending; who watches over it tells the visitor.
        }
    }

    private void Receive(ReadOnlyMemory<byte> samples)
    {
        lock (_lock)
        {
            _cutter.Add(samples.Span);
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _cutter.End();
        }
    }

    // On the display's reader, since a frame takes a fraction of a millisecond. One packet is shared by all listeners and never changed.
    private void Send(ReadOnlySpan<short> frame)
    {
        foreach (var (format, encoder) in _encoders)
        {
            var packet = encoder.Encode(frame);
            foreach (var listener in _listeners)
            {
                if (listener.Format == format)
                {
                    listener.Offer(packet);
                }
            }
        }
    }
}
