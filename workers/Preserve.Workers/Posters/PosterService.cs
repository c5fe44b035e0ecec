using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Preserve.Catalog;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Storage;
using Preserve.Workers.Background;
using Preserve.Workers.Hosting;

namespace Preserve.Workers.Posters;

/// <summary>
/// Makes the posters that are due, one at a time. A row says what is due, so an import beside the service gets its posters too. Nothing
/// is begun while a visitor's session starts.
/// </summary>
internal sealed class PosterService(
    PosterMaker maker,
    PosterClaims claims,
    PosterProgress progress,
    IDbContextFactory<CatalogContext> contexts,
    IContentStore content,
    IVisitors visitors,
    MachineReadiness readiness,
    WorkerOptions options,
    TimeProvider time,
    ILogger<PosterService> logger) : LookingService(LookInterval, "Posters could not be made", time, logger)
{
    private const long LongestPoster = 64 * 1024 * 1024;

    /// <summary>Between two looks for what is due.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        await TellProgressAsync(null, cancellationToken);
        while (!visitors.IsStarting && await readiness.IsReadyAsync(cancellationToken) && await claims.ClaimAsync(options.Name, cancellationToken) is { } id)
        {
            await MakeAsync(id, cancellationToken);
        }
    }

    private async Task MakeAsync(string id, CancellationToken cancellationToken)
    {
        var title = await TitleAsync(id, cancellationToken);
        await TellProgressAsync(title, cancellationToken);
        try
        {
            var poster = await maker.MakeAsync(id, cancellationToken);
            if (poster.Problem is { } problem)
            {
                logger.LogWarning("No poster of {Environment}: {Problem}", id, problem);
                await claims.FailedAsync(id, options.Name, problem, cancellationToken);
            }
            else
            {
                using var png = new MemoryStream(poster.Png, writable: false);
                var stored = await content.PutAsync(png, LongestPoster, cancellationToken);
                await claims.MadeAsync(id, options.Name, stored.Sha256, poster.Width, poster.Height, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await claims.PutBackAsync(id, options.Name, CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            logger.LogError(e, "The poster of {Environment} failed", id);
            await claims.FailedAsync(id, options.Name, $"The service failed while it made this poster: {e.Message}", CancellationToken.None);
        }

        await TellProgressAsync(null, cancellationToken);
    }

    private async Task<string> TitleAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Environments.Where(e => e.Id == id).Select(e => e.Title).SingleAsync(cancellationToken);
    }

    private async Task TellProgressAsync(string? currentTitle, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.Environments.GroupBy(e => e.PosterState)
            .Select(group => new { State = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.State, row => row.Count, cancellationToken);
        progress.Set(new PosterStatus(
            counts.GetValueOrDefault(PosterState.Made),
            counts.GetValueOrDefault(PosterState.Due) + counts.GetValueOrDefault(PosterState.Making),
            counts.GetValueOrDefault(PosterState.Failed),
            currentTitle));
    }
}
