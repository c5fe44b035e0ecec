using Cronos;

namespace Preserve.Workers.Hosting;

/// <summary>How one worker runs. Immutable; checked at start, with every problem told at once.</summary>
public sealed record WorkerOptions
{
    /// <summary>The name of a house's only worker.</summary>
    public const string DefaultName = "local";

    /// <summary>Where this installation keeps everything; an absolute path.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Name of this worker, in tickets and session records: <c>[a-z0-9-]{1,64}</c>.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>Sessions at one time, 1 to 1000.</summary>
    public int MaximumSessions { get; init; } = 8;

    /// <summary>A session that nobody has touched for so long ends. 10 seconds to 24 hours.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a browser that went away may take to come back. 1 second to 1 hour.</summary>
    public TimeSpan ReconnectGrace { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a session that is running waits for its first browser. 1 second to 1 hour.</summary>
    public TimeSpan ConnectGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>People who may watch one session at one time, 1 to 200.</summary>
    public int MaximumWatchers { get; init; } = 30;

    /// <summary>Origins besides our own from which a page may connect, such as <c>https://museum.example</c>.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether this worker makes posters.</summary>
    public bool MakesPosters { get; init; } = true;

    /// <summary>Whether this worker boots the proofs that curators ask for.</summary>
    public bool BootsProofs { get; init; } = true;

    /// <summary>Whether this worker prepares snapshots of published exhibits while it makes posters, and starts visits from them.</summary>
    public bool PreparesSnapshots { get; init; } = true;

    /// <summary>Whether this worker writes the versions of objects that are due and checks stored files.</summary>
    public bool KeepsStorage { get; init; } = true;

    /// <summary>How long after one check of a stored file the next is due. 1 hour to 3650 days.</summary>
    public TimeSpan FixityInterval { get; init; } = TimeSpan.FromDays(30);

    /// <summary>When the files that are due are looked for, in the five fields of cron, UTC. Default every hour.</summary>
    public string FixityCron { get; init; } = "0 * * * *";

    /// <summary>How fast scheduled checks read at most. 1 to 10,000.</summary>
    public int FixityMegabytesPerSecond { get; init; } = 50;

    /// <summary>Whether this worker examines stored files: tells their formats and what they are as media.</summary>
    public bool ExaminesMedia { get; init; } = true;

    /// <summary>Whether this worker encodes a made-up screen once when it has started, for quick answers from the first visitor on.</summary>
    public bool RehearsesStream { get; init; } = true;

    /// <summary>Whether this worker boots environments for the night watch.</summary>
    public bool WatchesAtNight { get; init; } = true;

    /// <summary>When the night watch is due, in the host's time, as cron has it: minute, hour, day, month, weekday. Empty for never. Default 02:00.</summary>
    public string NightWatchCron { get; init; } = "0 2 * * *";

    /// <summary>Boots of the night watch at one time, 1 to 256; 0, the default, for one a processor. Each running session takes one away.</summary>
    public int RegressionBoots { get; init; }

    /// <summary>Everything that is wrong with these options; empty when they can be used.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        var problems = new List<string>();
        if (!Path.IsPathFullyQualified(DataFolder))
        {
            problems.Add($"The data folder '{DataFolder}' is not an absolute path.");
        }

        if (Name.Length is 0 or > 64 || !Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            problems.Add($"The worker's name '{Name}' is not 1 to 64 of a-z, 0-9 and hyphen.");
        }

        if (MaximumSessions is < 1 or > 1000)
        {
            problems.Add($"The number of sessions, {MaximumSessions}, is not 1 to 1000.");
        }

        if (MaximumWatchers is < 1 or > 200)
        {
            problems.Add($"The number of watchers, {MaximumWatchers}, is not 1 to 200.");
        }

        if (!CronExpression.TryParse(FixityCron, out _))
        {
            problems.Add($"'{FixityCron}' is no time for fixity checks: expected five fields as cron has them, such as '0 * * * *'.");
        }

        if (FixityMegabytesPerSecond is < 1 or > 10_000)
        {
            problems.Add($"The speed of fixity checks, {FixityMegabytesPerSecond} MB/s, is not 1 to 10000.");
        }

        if (RegressionBoots is < 0 or > 256)
        {
            problems.Add($"The number of boots of the night watch, {RegressionBoots}, is not 0 to 256.");
        }

        if (NightWatchCron.Length > 0 && !CronExpression.TryParse(NightWatchCron, out _))
        {
            problems.Add($"'{NightWatchCron}' is no time for the night watch: expected five fields as cron has them, such as '0 2 * * *', or nothing for never.");
        }

        Check(problems, "fixity interval", FixityInterval, TimeSpan.FromHours(1), TimeSpan.FromDays(3650));
        Check(problems, "idle limit", IdleLimit, TimeSpan.FromSeconds(10), TimeSpan.FromHours(24));
        Check(problems, "reconnect grace", ReconnectGrace, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(problems, "connect grace", ConnectGrace, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        problems.AddRange(AllowedOrigins
            .Where(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin)
            .Select(origin => $"The allowed origin '{origin}' is not a scheme and a host, such as https://museum.example."));
        return problems;
    }

    private static void Check(List<string> problems, string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            problems.Add($"The {name}, {value}, is not between {least} and {most}.");
        }
    }
}
