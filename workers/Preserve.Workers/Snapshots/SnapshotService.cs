using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Preserve.Catalog;
using Preserve.Catalog.Environments;
using Preserve.Workers.Background;
using Preserve.Workers.Machines;
using Preserve.Workers.Posters;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Snapshots;

/// <summary>
/// Sees to it that every environment of a published exhibit has a prepared snapshot on the emulator and machine as they are now, and that none is kept for what is no
/// more. The boot that makes a poster makes the first; this makes those that a new emulator, another profile or a lost file ask for, one at a time.
/// </summary>
internal sealed class SnapshotService(
    PosterMaker boots,
    BackgroundTurn turn,
    SnapshotShelf shelf,
    EnvironmentBuilder builder,
    IDbContextFactory<CatalogContext> contexts,
    SessionHost sessions,
    TimeProvider time,
    ILogger<SnapshotService> logger) : LookingService(s_lookInterval, "Snapshots could not be prepared", time, logger)
{
    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);

    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        var wanted = await FindWantedAsync(cancellationToken);
        using (await turn.TakeAsync(cancellationToken))
        {
            // Between two boots: none is leaving a snapshot now.
            shelf.KeepOnly(wanted.Select(one => one.Fingerprint).ToHashSet());
        }

        foreach (var one in wanted.Where(one => one.HasPoster))
        {
            if (!shelf.IsSettled(one.Fingerprint) && !sessions.IsStarting)
            {
                // Its picture is not needed; what it leaves on the shelf is.
                await boots.MakeAsync(one.EnvironmentId, cancellationToken);
            }
        }
    }

    private async Task<List<Wanted>> FindWantedAsync(CancellationToken cancellationToken)
    {
        List<(string Id, PosterState Poster)> environments;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var rows = await context.Exhibits.Where(exhibit => exhibit.IsPublished).SelectMany(exhibit => exhibit.Environments)
                .Select(one => new { one.EnvironmentId, one.Environment!.PosterState }).Distinct().ToListAsync(cancellationToken);
            environments = rows.ConvertAll(row => (row.EnvironmentId, row.PosterState));
        }

        var wanted = new List<Wanted>();
        foreach (var (id, poster) in environments)
        {
            var result = await builder.BuildAsync(id, null, s_lifetime, cancellationToken);
            if (result.Machine is { } built && built.Engine.Capabilities.SavesState)
            {
                wanted.Add(new Wanted(id, built.Engine.Fingerprint(built.Definition, built.Build), poster == PosterState.Made));
            }
        }

        return wanted;
    }

    /// <param name="EnvironmentId">Of a published exhibit.</param>
    /// <param name="Fingerprint">Of its machine as it is now.</param>
    /// <param name="HasPoster">Otherwise it is booted for that anyway.</param>
    private sealed record Wanted(string EnvironmentId, string Fingerprint, bool HasPoster);
}
