using Preserve.Emulation.Machines;
using Preserve.Sandbox;
using Preserve.Workers.Machines;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Background;

/// <summary>
/// Boots a machine that nobody sits at and looks at its screen until there is an answer. One at a time, at the lowest priority, paused while
/// a visitor's session starts. The guest is never touched.
/// </summary>
internal sealed class BackgroundBoot(SessionFolders folders, IVisitors visitors, BackgroundTurn turn, TimeProvider time)
{
    /// <summary>Longest life of a machine in the background.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <param name="built">What to boot.</param>
    /// <param name="look">Told the machine and how long its guest has been running; null to look again.</param>
    /// <param name="none">Told, in words, why there is nothing to look at any more.</param>
    /// <param name="cancellationToken">Nothing of the boot is left then.</param>
    public async Task<T> RunAsync<T>(
        BuiltMachine built, Func<IMachine, TimeSpan, Task<T?>> look, Func<string, T> none, CancellationToken cancellationToken)
        where T : class
    {
        using var taken = await turn.TakeAsync(cancellationToken);
        var folder = folders.Create();
        try
        {
            var definition = built.Definition with { IsBackground = true };
            await using var machine = await built.Engine.StartAsync(definition, built.Build, folder.CreateChannel(0), cancellationToken);
            var answer = await WatchAsync(machine, look, none, cancellationToken);
            await machine.EndAsync(Grace, cancellationToken);
            return answer;
        }
        catch (Exception e) when (e is MachineException or SandboxException)
        {
            return none(e.Message);
        }
        finally
        {
            folder.Delete();
        }
    }

    private async Task<T> WatchAsync<T>(
        IMachine machine, Func<IMachine, TimeSpan, Task<T?>> look, Func<string, T> none, CancellationToken cancellationToken)
        where T : class
    {
        var way = new GivingWay(machine, visitors, time);
        var at = TimeSpan.Zero;
        var last = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(Interval, time, cancellationToken);
            if (machine.Completion.IsCompleted)
            {
                var exit = await machine.Completion;
                return none(exit.Cause == MachineEndCause.PoweredOff ? "The guest switched itself off." : exit.Message);
            }

            var now = time.GetTimestamp();
            if (!await way.GiveAsync(cancellationToken))
            {
                at += time.GetElapsedTime(last, now);
                if (await look(machine, at) is { } answer)
                {
                    return answer;
                }
            }

            last = now;
        }
    }
}
