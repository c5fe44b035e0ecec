using System.Runtime.InteropServices;
using Preserve.Emulation.Machines;

namespace Preserve.Regression.Booting;

/// <summary>Listens to a machine and remembers only whether there was anything to hear. Safe for the display client's reader.</summary>
internal sealed class SoundEar : IAsyncDisposable
{
    /// <summary>Quieter than 1/128 of full scale is silence.</summary>
    private const short Threshold = 256;

    private readonly IMachineSound _sound;
    private volatile bool _wasHeard;

    private SoundEar(IMachineSound sound)
    {
        _sound = sound;
        _sound.Samples += Listen;
    }

    public bool WasHeard => _wasHeard;

    /// <summary>Null for a machine without sound.</summary>
    public static async Task<SoundEar?> OpenAsync(IMachine machine, CancellationToken cancellationToken)
    {
        if (machine.Sound is null)
        {
            return null;
        }

        var ear = new SoundEar(machine.Sound);
        await machine.Sound.SetListeningAsync(true, cancellationToken);
        return ear;
    }

    public ValueTask DisposeAsync()
    {
        _sound.Samples -= Listen;
        return ValueTask.CompletedTask;
    }

    private void Listen(ReadOnlyMemory<byte> samples)
    {
        if (!_wasHeard)
        {
            _wasHeard = MemoryMarshal.Cast<byte, short>(samples.Span).ContainsAnyExceptInRange((short)-Threshold, Threshold);
        }
    }
}
