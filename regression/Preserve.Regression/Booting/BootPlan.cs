using Preserve.Regression.Comparison;

namespace Preserve.Regression.Booting;

/// <summary>What a headless boot looks for and how long it waits.</summary>
public sealed record BootPlan
{
    /// <summary>Final screens; empty to boot until the screen rests, whatever it shows.</summary>
    public IReadOnlyList<AcceptedScreen> Accepted { get; init; } = [];

    /// <summary>How long an accepted screen must stay until it counts as reached. Default 300 ms.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long no new picture may come until the screen rests. Default 2.5 s.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>A screen that rests sooner is not the last one; default zero. Only where nothing is accepted yet.</summary>
    public TimeSpan Earliest { get; init; }

    /// <summary>How long a resting screen that is not accepted is given to go on. Default 15 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The same for a screen of one colour, which is mostly a machine that has not got far yet. Default 40 s.</summary>
    public TimeSpan BlankPatience { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Longest boot. Default 2 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Restarts by the guest that are borne: some systems restart once on purpose. Default 3.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>Whether to listen. It costs processor time, so only where sound is looked for.</summary>
    public bool Listens { get; init; }
}
