using Microsoft.Extensions.Logging;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Sessions;
using Preserve.Emulation.Machines;
using Preserve.Sandbox;
using Preserve.Workers.Sessions.Grains;

namespace Preserve.Workers.Sessions;

/// <summary>The life of one session on its worker: start, watch, and the one teardown.</summary>
/// <remarks>
/// <para>
/// 1. start the machines -> 2. wait for the first of: somebody ends it, a deadline, a machine ends, the service stops -> 3. tear down.
/// </para>
/// <para>Whatever happens in 1 and 2 only chooses the reason; 3 follows exactly once, and each of its steps whether or not the one before worked.</para>
/// </remarks>
internal sealed class SessionRun(
    SessionMachines machines, DraftKeeper drafts, SessionFolders folders, SessionRegister register, ExhibitInputs inputs, IGrainFactory grains, TimeProvider time, ILogger<SessionRun> logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs the session to its end. Never faults.</summary>
    public async Task RunAsync(LiveSession session)
    {
        var started = new List<RunningMachine>();
        SessionFolder? folder = null;
        SessionEnd end;
        try
        {
            folder = folders.Create();
            end = await StartAsync(session, folder, started) ?? await WatchAsync(session);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Session {Session} failed", session.Plan.Id);
            end = new SessionEnd(SessionEndReason.Crashed, "The service failed while it ran this session. Its log says more.");
        }

        await TearDownAsync(session, started, folder, end);
    }

    // 1. Null when the machines run.
    private async Task<SessionEnd?> StartAsync(LiveSession session, SessionFolder folder, List<RunningMachine> started)
    {
        using var ending = new CancellationTokenSource();
        var endRequest = EndAsync(session.EndRequest, ending);
        try
        {
            await register.StartingAsync(session.Plan.Id, ending.Token);
            session.Input = session.Plan.ExhibitSlug is { } slug ? await inputs.FindAsync(slug, ending.Token) ?? new() : new();
            await machines.StartAsync(session.Plan, folder, started, ending.Token);
            await register.RunningAsync(session.Plan.Id, ending.Token);
        }
        catch (OperationCanceledException) when (session.EndRequest.IsCompleted)
        {
            return await session.EndRequest;
        }
        catch (Exception e) when (e is MachineException or SandboxException or IOException)
        {
            return new SessionEnd(SessionEndReason.StartFailed, Words(e));
        }
        finally
        {
            await ending.CancelAsync();
            await endRequest;
        }

        session.BecomeRunning(started, time.GetUtcNow());
        await TellGrainAsync(session, grain => grain.ReportRunningAsync());
        return null;
    }

    private static async Task EndAsync(Task endRequest, CancellationTokenSource ending)
    {
        try
        {
            await endRequest.WaitAsync(ending.Token);
            await ending.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Started, or failed, before anybody wanted the end.
        }
    }

    // 2.
    private async Task<SessionEnd> WatchAsync(LiveSession session)
    {
        logger.LogInformation("Session {Session} runs {Environments}", session.Plan.Id, string.Join(", ", session.Plan.EnvironmentIds));
        foreach (var running in session.Machines)
        {
            running.Machine.Input.PointerChanged += _ => session.Audience.StateChanged();
        }

        foreach (var viewer in session.Audience.Viewers)
        {
            viewer.Attach(session.Machines);
        }

        session.Audience.StateChanged();
        session.WatchedBy([.. session.Machines.Select(running => WatchMachineAsync(session, running.Machine))]);
        using var timer = new PeriodicTimer(LookInterval, time);
        var looking = LookAtClockAsync(session, timer);
        var end = await session.EndRequest;
        timer.Dispose();
        await looking;
        return end;
    }

    private static async Task LookAtClockAsync(LiveSession session, PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync())
        {
            if (session.Deadlines.Due() is { } reason)
            {
                session.RequestEnd(reason, "");
            }
        }
    }

    private static async Task WatchMachineAsync(LiveSession session, IMachine machine)
    {
        var exit = await machine.Completion;
        session.RequestEnd(
            exit.Cause switch
            {
                MachineEndCause.PoweredOff => SessionEndReason.PoweredOff,
                MachineEndCause.Ended => SessionEndReason.Stopped,
                _ => SessionEndReason.Crashed,
            },
            exit.Cause == MachineEndCause.Crashed ? exit.Message : "");
    }

    // 3.
    private async Task TearDownAsync(LiveSession session, List<RunningMachine> started, SessionFolder? folder, SessionEnd end)
    {
        var id = session.Plan.Id;
        session.RequestEnd(end.Reason, end.Message);
        session.LetGoOfMachines();
        await StepAsync(id, "end the machines", () => machines.EndAsync(started));
        await StepAsync(id, "see the machines end", () => session.Watchers);
        if (session.Plan.Draft is { } draft)
        {
            await StepAsync(id, "keep what was written", () => drafts.KeepAsync(draft, started.FirstOrDefault(), folder));
        }

        await StepAsync(id, "delete the folder", () => DeleteAsync(id, folder));
        await StepAsync(id, "record the end", () => register.EndAsync(id, end.Reason, end.Message, CancellationToken.None));
        await StepAsync(id, "give the place back", () => grains.GetGrain<IAdmissionGrain>(0).ReleaseAsync(id));
        session.BecomeEnded(end);
        await StepAsync(id, "tell the viewers", () => Task.WhenAll(session.Audience.Viewers.Select(viewer => viewer.SayFarewellAsync())));
        await TellGrainAsync(session, grain => grain.ReportEndedAsync());
        logger.LogInformation("Session {Session} ended: {Reason} {Message}", id, end.Reason, end.Message);
        session.BecomeGone();
    }

    private Task DeleteAsync(Guid id, SessionFolder? folder)
    {
        if (folder?.Delete() == false)
        {
            logger.LogWarning("Session {Session} left something in {Folder} that could not be deleted", id, folder.Path);
        }

        return Task.CompletedTask;
    }

    private Task TellGrainAsync(LiveSession session, Func<ISessionGrain, Task> tell) =>
        StepAsync(session.Plan.Id, "report to its grain", () => tell(grains.GetGrain<ISessionGrain>(session.Plan.Id)));

    private async Task StepAsync(Guid id, string what, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e)
        {
            logger.LogError(e, "Session {Session}: could not {Step}", id, what);
        }
    }

    private static string Words(Exception problem) => problem is MachineException { StandardError: { Length: > 0 } last } machine && !machine.Message.Contains(last, StringComparison.Ordinal)
        ? $"{machine.Message} {last}"
        : problem.Message;
}
