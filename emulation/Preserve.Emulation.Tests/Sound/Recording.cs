using System.Buffers.Binary;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Tests.Sound;

/// <summary>Records a machine's sound: both channels added up, from -1 to 1. Silence between pieces is not recorded.</summary>
internal sealed class Recording
{
    private readonly Lock _lock = new();
    private readonly List<float> _samples = [];

    public Recording(IMachineSound sound)
    {
        Rate = sound.SampleRate;
        sound.Samples += Add;
    }

    public int Rate { get; }

    public double Seconds
    {
        get
        {
            lock (_lock)
            {
                return (double)_samples.Count / Rate;
            }
        }
    }

    public float[] Samples
    {
        get
        {
            lock (_lock)
            {
                return [.. _samples];
            }
        }
    }

    private void Add(ReadOnlyMemory<byte> piece)
    {
        lock (_lock)
        {
            for (var at = 0; at < piece.Length; at += 4)
            {
                var left = BinaryPrimitives.ReadInt16LittleEndian(piece.Span[at..]);
                var right = BinaryPrimitives.ReadInt16LittleEndian(piece.Span[(at + 2)..]);
                _samples.Add((left + right) / 65536f);
            }
        }
    }
}
