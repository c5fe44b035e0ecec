using Preserve.Emulation.Machines;

namespace Preserve.Regression.Booting;

/// <summary>Starts one environment on one build, as often as asked, each time from its stored media.</summary>
public interface IBootHost
{
    /// <summary>Starts a machine, hands it over, and ends it whatever happens.</summary>
    /// <param name="mode">In which time.</param>
    /// <param name="startsAt">Another date for the guest's clock than its policy says; null for the policy.</param>
    /// <param name="watch">What to do with the machine.</param>
    /// <param name="cancellationToken">Ends all of it.</param>
    /// <exception cref="MachineException">It did not start, or ended under <paramref name="watch"/>.</exception>
    Task<T> BootAsync<T>(BootMode mode, DateTime? startsAt, Func<IMachine, CancellationToken, Task<T>> watch, CancellationToken cancellationToken);
}
