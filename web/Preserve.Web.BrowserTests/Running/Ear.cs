using Preserve.Emulation.Tests.Sound;

namespace Preserve.Web.BrowserTests.Running;

/// <summary>Listens to what a visitor's browser plays: the notes of the scale, by the player's own <c>readSound()</c>.</summary>
public sealed class Ear(Visit visit)
{
    /// <summary>A quarter of the rate at which it plays: enough for the scale, and less to bring over.</summary>
    private const int Rate = 12000;

    private const string Reading = """
        () => document.querySelector('preserve-player').readSound().then(({ samples, outlet, format, skips, gaps, heldInSeconds }) => ({
          outlet, format, skips, gaps, heldInSeconds, samples: Array.from({ length: samples.length / 4 }, (_, i) => Math.round(samples[4 * i] * 32767)),
        }))
        """;

    private readonly List<double> _melody = [];

    /// <summary>Notes heard so far; each once until another is heard.</summary>
    public IReadOnlyList<double> Melody => _melody;

    /// <summary>Reads what was played last, and adds its notes to the melody.</summary>
    public async Task<Reading> ReadAsync()
    {
        var reading = await visit.Page.EvaluateAsync<Reading>(Reading);
        var samples = reading.Samples.Select(sample => sample / 32767f).ToArray();
        var notes = Pitch.Melody(samples, Rate, Pitch.Scale);

        // A reading goes back further than the last one: what was heard already is not heard again.
        var known = _melody.Count == 0 ? -1 : notes.ToList().LastIndexOf(_melody[^1]);
        _melody.AddRange(notes.Skip(known + 1));
        return reading;
    }

    /// <summary>Listens until the whole scale has been heard in order.</summary>
    public async Task<Reading> HearsScaleAsync()
    {
        _melody.Clear();
        Reading? last = null;
        await visit.UntilAsync(
            async () =>
            {
                last = await ReadAsync();
                return _melody.Count >= Pitch.Scale.Length;
            },
            "a whole scale is heard");
        Assert.True(Pitch.IsScale(_melody), $"Heard: {string.Join(' ', _melody)}");
        return last!;
    }
}

/// <summary>What <c>readSound()</c> answers.</summary>
public sealed class Reading
{
    public string? Outlet { get; set; }

    public int? Format { get; set; }

    public int Skips { get; set; }

    public int Gaps { get; set; }

    public double HeldInSeconds { get; set; }

    public int[] Samples { get; set; } = [];
}
