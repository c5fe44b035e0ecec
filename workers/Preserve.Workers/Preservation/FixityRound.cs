using Hangfire;
using Microsoft.Extensions.Logging;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.Retention;
using Preserve.Catalog.SecondRoots;
using Preserve.Workers.Alarms;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Preservation;

/// <summary>
/// The recurring job that checks the stored files that are due, one at a time and no faster than it may, until none is due or a visitor's session
/// starts. Rows say what is due: a round that was lost or cut short is made up by the next.
/// </summary>
public sealed class FixityRound
{
    /// <summary>Name under which Hangfire knows it.</summary>
    public const string JobId = "fixity";

    private static int _isUnderWay;

    private readonly FixityChecks _checks;
    private readonly SecondRootChecks _second;
    private readonly SessionHost _sessions;
    private readonly WorkerOptions _options;
    private readonly IBackgroundJobClient _jobs;
    private readonly TimeProvider _time;
    private readonly ILogger<FixityRound> _logger;

    internal FixityRound(
        FixityChecks checks, SecondRootChecks second, SessionHost sessions, WorkerOptions options, IBackgroundJobClient jobs, TimeProvider time, ILogger<FixityRound> logger) =>
        (_checks, _second, _sessions, _options, _jobs, _time, _logger) = (checks, second, sessions, options, jobs, time, logger);

    /// <summary>Checks. A round that still goes on in this process is not joined.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isUnderWay, 1) == 1)
        {
            return;
        }

        try
        {
            await CheckAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Exchange(ref _isUnderWay, 0);
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var isDamaged = false;
        while (!_sessions.IsStarting)
        {
            var before = (_time.GetUtcNow() - _options.FixityInterval).ToUnixTimeMilliseconds();
            if (await _checks.CheckNextAsync(new FixityScope(before), _options.Name, _options.FixityMegabytesPerSecond * 1_000_000L, cancellationToken) is not { } result)
            {
                break;
            }

            if (result.Outcome != FixityOutcome.Sound)
            {
                isDamaged = true;
                _logger.LogCritical("Damaged in storage, and out of use until repaired: {Object}, {Finding}", result.ObjectId, result.Text);
            }

            await CheckSecondAsync(result, cancellationToken);
        }

        if (isDamaged)
        {
            _jobs.Enqueue<FixityAlarm>(alarm => alarm.SendAsync(CancellationToken.None));
            _jobs.Enqueue<DamageMail>(mail => mail.SendAsync(CancellationToken.None));
        }
    }

    private async Task CheckSecondAsync(FixityResult checkedFile, CancellationToken cancellationToken)
    {
        foreach (var content in (await _second.FindAsync(checkedFile.ObjectId, cancellationToken)).Where(content => content.Path == checkedFile.Path))
        {
            if (await _second.CheckAsync(content, _options.FixityMegabytesPerSecond * 1_000_000L, cancellationToken) is { } problem)
            {
                _logger.LogCritical("Damaged in the second storage root: {Object}, {Path}: {Problem}. 'preserve fixity --repair' puts it right", content.ObjectId, content.Path, problem);
            }
        }
    }
}

/// <summary>Tells Hangfire, at each start, when stored files are checked, personal data is purged, and damage that lasts is told again.</summary>
internal sealed class PreservationSchedule(IRecurringJobManager jobs, WorkerOptions options) : Microsoft.Extensions.Hosting.IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.KeepsStorage)
        {
            return Task.CompletedTask;
        }

        jobs.AddOrUpdate<FixityRound>(FixityRound.JobId, round => round.RunAsync(CancellationToken.None), options.FixityCron);
        jobs.AddOrUpdate<FixityAlarm>("fixity-alarm", alarm => alarm.SendAsync(CancellationToken.None), "0 6 * * *");
        jobs.AddOrUpdate<DamageMail>("fixity-mail", mail => mail.SendAsync(CancellationToken.None), "0 6 * * *");
        jobs.AddOrUpdate<PersonalData>("retention", data => data.PurgeAsync(CancellationToken.None), "30 3 * * *");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
