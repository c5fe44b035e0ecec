using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Emulation.Machines;
using Preserve.Workers.Background;
using Preserve.Workers.Hosting;
using Preserve.Workers.Machines;
using Preserve.Workers.Snapshots;

namespace Preserve.Workers.Posters;

/// <summary>Boots an environment that nobody looks at and takes the picture of its settled screen, and leaves its snapshot.</summary>
internal sealed class PosterMaker(
    EnvironmentBuilder builder, BackgroundBoot boots, SnapshotMaker snapshots, WorkerOptions options, IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>The picture, or why there is none.</summary>
    /// <exception cref="OperationCanceledException">Nothing of the boot is left.</exception>
    public async Task<Poster> MakeAsync(string environmentId, CancellationToken cancellationToken)
    {
        var result = await builder.BuildAsync(environmentId, null, BackgroundBoot.Lifetime, cancellationToken);
        if (result.Machine is not { } built)
        {
            return Poster.None(string.Join(' ', result.Problems));
        }

        var watch = new PosterWatch(await SettlesAfterAsync(environmentId, cancellationToken));
        return await boots.RunAsync(built, LookAsync, Poster.None, cancellationToken);

        async Task<Poster?> LookAsync(IMachine machine, TimeSpan at)
        {
            var poster = watch.Look(machine.Screen, at);
            if (poster is { Problem: null } && options.PreparesSnapshots)
            {
                await snapshots.MakeAsync(built, machine, cancellationToken);
            }

            return poster;
        }
    }

    private async Task<TimeSpan?> SettlesAfterAsync(string environmentId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Environments.Where(e => e.Id == environmentId).Select(e => e.SettlesAfterSeconds).SingleAsync(cancellationToken)
            is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
