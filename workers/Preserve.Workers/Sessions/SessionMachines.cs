using Microsoft.Extensions.Logging;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Sessions;
using Preserve.Emulation.Machines;
using Preserve.Sandbox;
using Preserve.Workers.Hosting;
using Preserve.Workers.Machines;
using Preserve.Workers.Snapshots;

namespace Preserve.Workers.Sessions;

/// <summary>Starts and ends the machines of a session.</summary>
internal sealed class SessionMachines(
    EnvironmentBuilder builder, DraftFolders drafts, SnapshotShelf snapshots, WorkerOptions options, TimeProvider time, ILogger<SessionMachines> logger)
{
    /// <summary>How long an emulator may take to answer.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    /// <summary>How long an emulator may take to quit before it is killed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>What the sandbox's clock gives beyond the session's own limit.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>Starts every machine in order. Those that were started before a failure are in <paramref name="started"/>: the caller ends them.</summary>
    /// <exception cref="MachineException">An environment cannot be built, or its emulator did not start; in words.</exception>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task StartAsync(SessionPlan plan, SessionFolder folder, List<RunningMachine> started, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartTime);
        try
        {
            for (var channel = 0; channel < plan.EnvironmentIds.Length; channel++)
            {
                started.Add(await StartAsync(plan, channel, folder, patience.Token));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MachineException($"The emulator did not answer within {StartTime.TotalSeconds:0} seconds.");
        }
    }

    /// <summary>Ends every machine and waits until no process is left.</summary>
    public Task EndAsync(IEnumerable<RunningMachine> machines) => Task.WhenAll(machines.Select(EndAsync));

    private async Task<RunningMachine> StartAsync(SessionPlan plan, int channel, SessionFolder folder, CancellationToken cancellationToken)
    {
        var result = await builder.BuildAsync(
            plan.EnvironmentIds[channel], channel == 0 ? plan.Object : null, plan.EmulatorBuild, plan.TimeLimit + Margin, cancellationToken);
        if (result.Machine is not { } built)
        {
            throw new MachineException(string.Join(' ', result.Problems));
        }

        if (plan.Draft is { } draft && channel == 0)
        {
            // What an earlier session at this draft left is gone on with.
            built = built with { Definition = built.Definition with { Drives = [.. built.Definition.Drives.Select(drive => drive with { KeptOverlay = drafts.Find(draft, drive.Bay) })] } };
        }

        var machine = await TryResumeAsync(plan, built, channel, folder, cancellationToken)
            ?? await built.Engine.StartAsync(built.Definition, built.Build, folder.CreateChannel(channel), cancellationToken);
        return RunningMachine.Of(channel, built, machine, time);
    }

    /// <summary>Starts a visit at its prepared snapshot. Null where there is none; one that does not load is reported, and the machine boots.</summary>
    private async Task<IMachine?> TryResumeAsync(SessionPlan plan, BuiltMachine built, int channel, SessionFolder folder, CancellationToken cancellationToken)
    {
        if (!options.PreparesSnapshots || plan.Purpose != SessionPurpose.Visit || built.Definition.Drives.Any(drive => drive.KeptOverlay is not null))
        {
            return null;
        }

        var fingerprint = built.Engine.Fingerprint(built.Definition, built.Build);
        if (await snapshots.FindAsync(fingerprint, cancellationToken) is not { } saved)
        {
            return null;
        }

        try
        {
            return await built.Engine.ResumeAsync(built.Definition, built.Build, folder.CreateChannel(channel), saved, cancellationToken);
        }
        catch (MachineException e)
        {
            logger.LogError("Session {Session}: the snapshot of {Environment} does not load, so it boots. {Problem}", plan.Id, built.EnvironmentId, e.Message);
            snapshots.Drop(fingerprint, e.Message);
            folder.ClearChannel(channel);
            return null;
        }
    }

    private async Task EndAsync(RunningMachine running)
    {
        await running.Typing.DisposeAsync();
        try
        {
            await running.Machine.EndAsync(Grace, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The machine {Environment} did not end as asked; it is ended by force", running.Built.EnvironmentId);
        }

        await running.Machine.DisposeAsync();
        running.Text?.Dispose();
    }
}
