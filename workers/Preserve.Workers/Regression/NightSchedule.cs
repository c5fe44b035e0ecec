using Hangfire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Preserve.Workers.Hosting;

namespace Preserve.Workers.Regression;

/// <summary>The recurring job. It only writes rows, so that it may be lost or doubled: the next night comes, and two nights never run at one time.</summary>
public sealed class NightlyRun(NightWatch watch, ILogger<NightlyRun> logger)
{
    /// <summary>Name under which Hangfire knows it.</summary>
    public const string JobId = "night-watch";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await watch.StartNightAsync(cancellationToken) is { } run)
        {
            logger.LogInformation("The night watch has begun run {Run}", run);
        }
        else
        {
            logger.LogWarning("No night watch was begun: the last one still runs, or there is no environment or emulator");
        }
    }
}

/// <summary>Tells Hangfire, at each start, when the night watch is due.</summary>
internal sealed class NightSchedule(IRecurringJobManager jobs, WorkerOptions options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.NightWatchCron.Length == 0)
        {
            jobs.RemoveIfExists(NightlyRun.JobId);
        }
        else
        {
            jobs.AddOrUpdate<NightlyRun>(NightlyRun.JobId, run => run.StartAsync(CancellationToken.None), options.NightWatchCron, new RecurringJobOptions { TimeZone = TimeZoneInfo.Local });
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
