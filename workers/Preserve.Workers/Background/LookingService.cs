using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Preserve.Workers.Background;

/// <summary>Looks again and again at what is due. Rows say what that is, so a look that fails is logged and the next one tries again.</summary>
/// <param name="interval">Between two looks.</param>
/// <param name="failure">What is logged when a look fails.</param>
/// <param name="time">Clock of the looks.</param>
/// <param name="logger">Of the service itself.</param>
public abstract class LookingService(TimeSpan interval, string failure, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>Whether the first look is at the start; otherwise it is one interval after it.</summary>
    protected virtual bool LooksAtOnce => true;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            await BeginAsync(stoppingToken);
            if (LooksAtOnce)
            {
                await TryLookAsync(stoppingToken);
            }

            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryLookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    /// <summary>Once, before the first look.</summary>
    protected virtual Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does what is due.</summary>
    protected abstract Task LookAsync(CancellationToken cancellationToken);

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            // The catalog or the disk failed, or what the look waited for was called off: the rows still say what is due.
            logger.LogError(problem, "{Failure}", failure);
        }
    }
}
