using Preserve.Emulation.Machines;
using Preserve.Regression.Booting;
using Preserve.Sandbox;
using Preserve.Workers.Machines;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Regression;

/// <summary>Boots one environment on one build, each time in a folder of its own that is deleted afterwards.</summary>
internal sealed class EnvironmentBootHost(BuiltMachine machine, EmulatorBuild build, SessionFolders folders) : IBootHost
{
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(500);

    public async Task<T> BootAsync<T>(
        BootMode mode, DateTime? startsAt, Func<IMachine, CancellationToken, Task<T>> watch, CancellationToken cancellationToken)
    {
        var definition = machine.Definition with
        {
            VirtualTimeShift = mode.VirtualTimeShift,
            Clock = startsAt is null ? machine.Definition.Clock : new ClockPolicy { StartsAt = startsAt },
        };
        var folder = folders.Create();
        try
        {
            await using var running = await machine.Engine.StartAsync(definition, build, folder.CreateChannel(0), cancellationToken);
            var answer = await watch(running, cancellationToken);
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
}
