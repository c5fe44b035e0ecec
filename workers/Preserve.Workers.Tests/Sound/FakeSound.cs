using System.Runtime.InteropServices;
using Preserve.Emulation.Machines;

namespace Preserve.Workers.Tests.Sound;

/// <summary>A machine's sound that a test plays; notes what is asked of it.</summary>
internal sealed class FakeSound : IMachineSound
{
    public event Action<ReadOnlyMemory<byte>>? Samples;

    public event Action? FellSilent;

    public int SampleRate => 48000;

    public List<bool> Asked { get; } = [];

    /// <summary>Asking waits for this.</summary>
    public Task Answer { get; set; } = Task.CompletedTask;

    public async Task SetListeningAsync(bool listening, CancellationToken cancellationToken)
    {
        Asked.Add(listening);
        await Answer;
    }

    /// <summary>Plays a sine on both channels.</summary>
    public void Play(double frequency, double seconds, double amplitude = 0.5) =>
        Say([.. Enumerable.Range(0, (int)(seconds * SampleRate)).SelectMany(i =>
        {
            var sample = (short)(amplitude * 32767 * Math.Sin(2 * Math.PI * frequency * i / SampleRate));
            return new[] { sample, sample };
        })]);

    /// <summary>Plays samples, left and right in turn, in pieces as QEMU sends them: odd ones.</summary>
    public void Say(short[] samples)
    {
        foreach (var piece in samples.Chunk(2 * 441))
        {
            Samples!(MemoryMarshal.AsBytes(piece.AsSpan()).ToArray());
        }
    }

    public void FallSilent() => FellSilent!();
}
