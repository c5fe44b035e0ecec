using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Emulation.Machines;
using Preserve.Sandbox;
using Preserve.Workers.Machines;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Posters;

/// <summary>Boots an environment that nobody looks at and takes the picture of its settled screen. The guest is never touched.</summary>
internal sealed class PosterMaker(
    EnvironmentBuilder builder,
    SessionFolders folders,
    SessionHost sessions,
    IDbContextFactory<CatalogContext> contexts,
    TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>The picture, or why there is none.</summary>
    /// <exception cref="OperationCanceledException">Nothing of the boot is left.</exception>
    public async Task<Poster> MakeAsync(string environmentId, CancellationToken cancellationToken)
    {
        var result = await builder.BuildAsync(environmentId, null, Lifetime, cancellationToken);
        if (result.Machine is not { } built)
        {
            return Poster.None(string.Join(' ', result.Problems));
        }

        var settlesAfter = await SettlesAfterAsync(environmentId, cancellationToken);
        var folder = folders.Create();
        try
        {
            var definition = built.Definition with { IsBackground = true };
            await using var machine = await built.Engine.StartAsync(definition, built.Build, folder.CreateChannel(0), cancellationToken);
            var poster = await WatchAsync(machine, settlesAfter, cancellationToken);
            await machine.EndAsync(Grace, cancellationToken);
            return poster;
        }
        catch (Exception e) when (e is MachineException or SandboxException)
        {
            return Poster.None(e.Message);
        }
        finally
        {
            folder.Delete();
        }
    }

    private async Task<TimeSpan?> SettlesAfterAsync(string environmentId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Environments.Where(e => e.Id == environmentId).Select(e => e.SettlesAfterSeconds).SingleAsync(cancellationToken)
            is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private async Task<Poster> WatchAsync(IMachine machine, TimeSpan? settlesAfter, CancellationToken cancellationToken)
    {
        var watch = new PosterWatch(settlesAfter);
        var way = new GivingWay(machine, sessions, time);
        var at = TimeSpan.Zero;
        var last = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(PosterWatch.Interval, time, cancellationToken);
            if (machine.Completion.IsCompleted)
            {
                var exit = await machine.Completion;
                return Poster.None(exit.Cause == MachineEndCause.PoweredOff ? "The guest switched itself off." : exit.Message);
            }

            var now = time.GetTimestamp();
            if (!await way.GiveAsync(cancellationToken))
            {
                at += time.GetElapsedTime(last, now);
                if (watch.Look(machine.Screen, at) is { } poster)
                {
                    return poster;
                }
            }

            last = now;
        }
    }
}
