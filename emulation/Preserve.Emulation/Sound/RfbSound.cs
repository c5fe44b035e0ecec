using Preserve.Emulation.Machines;
using Preserve.Emulation.Rfb;

namespace Preserve.Emulation.Sound;

/// <summary>Sound as QEMU sends it between pictures. Each piece is an array of its own, of at most 16 KiB (85 ms), never changed afterwards.</summary>
public sealed class RfbSound : IMachineSound
{
    internal const int Rate = 48000;
    private const byte Channels = 2;

    private readonly RfbWriter _writer;
    private volatile bool _isListening;
    private volatile bool _isOffered;

    internal RfbSound(RfbWriter writer) => _writer = writer;

    /// <inheritdoc/>
    public event Action<ReadOnlyMemory<byte>>? Samples;

    /// <inheritdoc/>
    public event Action? FellSilent;

    /// <summary>In samples a second, for each of two channels. What Opus takes and browsers play, so nothing on the way converts it.</summary>
    public int SampleRate => Rate;

    internal bool IsOffered => _isOffered;

    /// <summary>Asks the server to send sound, or to stop. Asking twice for the same sends nothing.</summary>
    public async Task SetListeningAsync(bool listening, CancellationToken cancellationToken)
    {
        using var turn = await _writer.TakeTurnAsync(cancellationToken);

        // Only a server that announced the extension may be sent its messages: another would end the connection.
        if (!_isOffered || listening == _isListening)
        {
            return;
        }

        _isListening = listening;
        if (listening)
        {
            await turn.AudioFormatAsync(QemuSampleFormat.Signed16, Channels, SampleRate);
        }

        await turn.AudioAsync(listening ? QemuAudioRequest.Enable : QemuAudioRequest.Disable);
    }

    internal void Accept() => _isOffered = true;

    internal void Receive(ReadOnlySpan<byte> samples)
    {
        // What was under way when listening ended is dropped.
        if (_isListening && Samples is { } listeners)
        {
            listeners(samples.ToArray());
        }
    }

    internal void Pause()
    {
        if (_isListening)
        {
            FellSilent?.Invoke();
        }
    }
}
