using Preserve.Emulation.Machines;

namespace Preserve.Workers.Background;

/// <summary>Pauses a machine in the background while a visitor's session starts. For one caller at a time.</summary>
internal sealed class GivingWay(IMachine machine, IVisitors visitors, TimeProvider time)
{
    /// <summary>Visitors who come one after another do not keep a machine paused for ever.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private long? _since;

    /// <summary>Pauses or goes on as is due now. True while paused: that time does not count for the guest.</summary>
    public async Task<bool> GiveAsync(CancellationToken cancellationToken)
    {
        if (machine.State is not { } state)
        {
            return false;
        }

        if (_since is { } since && (!visitors.IsStarting || time.GetElapsedTime(since) > Longest))
        {
            await state.ResumeAsync(cancellationToken);
            _since = null;
        }
        else if (_since is null && visitors.IsStarting)
        {
            await state.PauseAsync(cancellationToken);
            _since = time.GetTimestamp();
        }

        return _since is not null;
    }
}
