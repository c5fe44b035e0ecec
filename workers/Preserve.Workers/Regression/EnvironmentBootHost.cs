using Preserve.Emulation.Machines;
using Preserve.Regression.Booting;
using Preserve.Sandbox;
using Preserve.Workers.Machines;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Regression;

/// <summary>Boots one environment on one build, each time in a folder of its own that is deleted afterwards.</summary>
/// <param name="machine">The environment.</param>
/// <param name="build">The build.</param>
/// <param name="folders">Where machines keep their sockets and overlays.</param>
/// <param name="time">Stands still while the machine is paused.</param>
/// <param name="mustWait">True while visitors need the host; null to give way to nobody.</param>
internal sealed class EnvironmentBootHost(
    BuiltMachine machine, EmulatorBuild build, SessionFolders folders, PausableTime time, Func<bool>? mustWait) : IBootHost
{
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    /// <summary>Visitors who come one after another do not keep a machine paused for ever.</summary>
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(2);

    public async Task<T> BootAsync<T>(
        BootMode mode, DateTime? startsAt, Func<IMachine, CancellationToken, Task<T>> watch, CancellationToken cancellationToken)
    {
        var definition = machine.Definition with
        {
            VirtualTimeShift = mode.VirtualTimeShift,
            Clock = startsAt is null ? machine.Definition.Clock : new ClockPolicy { StartsAt = startsAt },
            IsBackground = mustWait is not null,
        };
        var folder = folders.Create();
        try
        {
            await using var running = await machine.Engine.StartAsync(definition, build, folder.CreateChannel(0), cancellationToken);
            var answer = mustWait is null || running.State is not { } state
                ? await watch(running, cancellationToken)
                : await WatchGivingWayAsync(state, mustWait, stop => watch(running, stop), cancellationToken);
            await running.EndAsync(s_grace, cancellationToken);
            return answer;
        }
        catch (SandboxException e)
        {
            throw new MachineException(e.Message, e);
        }
        finally
        {
            folder.Delete();
        }
    }

    private async Task<T> WatchGivingWayAsync<T>(
        IMachineState state, Func<bool> isWaiting, Func<CancellationToken, Task<T>> watch, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var givingWay = GiveWayAsync(state, isWaiting, over.Token);
        try
        {
            return await watch(cancellationToken);
        }
        finally
        {
            await over.CancelAsync();
            await givingWay;
        }
    }

    private async Task GiveWayAsync(IMachineState state, Func<bool> isWaiting, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_look, cancellationToken);
                if (isWaiting())
                {
                    time.Pause();
                    await state.PauseAsync(cancellationToken);
                    await WaitAsync(isWaiting, cancellationToken);
                    await state.ResumeAsync(cancellationToken);
                    time.Resume();
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or MachineException)
        {
            // The boot is over, or the machine has ended, which its watcher finds out.
        }
        finally
        {
            time.Resume();
        }
    }

    private static async Task WaitAsync(Func<bool> isWaiting, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; isWaiting() && waited < s_longestPause; waited += s_look)
        {
            await Task.Delay(s_look, cancellationToken);
        }
    }
}
