namespace Preserve.Emulation.Tests.Sound;

/// <summary>Finds known pitches in recorded sound, by Goertzel's method under a Hann window.</summary>
internal static class Pitch
{
    /// <summary>The scale that the tune guest plays, in Hz.</summary>
    public static readonly double[] Scale = [262, 294, 330, 349, 392, 440, 494, 523];

    private const double WindowInSeconds = 0.1;
    private const double StepInSeconds = 0.05;
    private const double Clear = 0.3;
    private const double Silent = 1e-5;

    /// <summary>How much of the sound's power is at a pitch: 1 for a pure tone, about 0.8 for a square wave, 0 where there is none.</summary>
    public static double Share(ReadOnlySpan<float> samples, int rate, double frequency)
    {
        double total = 0, squares = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var weight = Hann(i, samples.Length);
            total += samples[i] * weight * samples[i] * weight;
            squares += weight * weight;
        }

        var amplitude = Amplitude(samples, rate, frequency);
        return total < Silent * squares ? 0 : amplitude * amplitude / 2 * squares / total;
    }

    /// <summary>The amplitude of a pitch: 1 for a sine at full scale.</summary>
    public static double Amplitude(ReadOnlySpan<float> samples, int rate, double frequency)
    {
        double real = 0, imaginary = 0, window = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var weight = Hann(i, samples.Length);
            var (sine, cosine) = Math.SinCos(2 * Math.PI * frequency * i / rate);
            real += samples[i] * weight * cosine;
            imaginary += samples[i] * weight * sine;
            window += weight;
        }

        return 2 * double.Hypot(real, imaginary) / window;
    }

    /// <summary>The pitches that are clearly heard, in order; one that goes on is named once, and so is one that comes again after silence.</summary>
    public static IReadOnlyList<double> Melody(ReadOnlySpan<float> samples, int rate, IReadOnlyList<double> pitches)
    {
        var melody = new List<double>();
        var (window, step) = ((int)(rate * WindowInSeconds), (int)(rate * StepInSeconds));
        for (var at = 0; at + window <= samples.Length; at += step)
        {
            var part = samples.Slice(at, window);
            var best = pitches[0];
            var share = 0.0;
            foreach (var pitch in pitches)
            {
                if (Share(part, rate, pitch) is var found && found > share)
                {
                    (best, share) = (pitch, found);
                }
            }

            if (share > Clear && (melody.Count == 0 || melody[^1] != best))
            {
                melody.Add(best);
            }
        }

        return melody;
    }

    private static double Hann(int i, int length) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / length));

    /// <summary>Whether all notes of the scale are there one after the other, beginning anywhere.</summary>
    public static bool IsScale(IReadOnlyList<double> melody)
    {
        var first = melody.Count == 0 ? -1 : Array.IndexOf(Scale, melody[0]);
        return melody.Count >= Scale.Length && melody.Select((note, i) => note == Scale[(first + i) % Scale.Length]).All(isNext => isNext);
    }
}
