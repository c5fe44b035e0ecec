using Preserve.Catalog.Accounts;
using Preserve.Catalog.Sessions;
using Preserve.Emulation.Machines;
using Preserve.Regression.Pictures;
using Preserve.Workers.Hosting;
using Preserve.Workers.Machines;
using Preserve.Workers.Printing;
using Preserve.Workers.Sessions.Grains;
using Preserve.Workers.Text;
using Preserve.Workers.Typing;

namespace Preserve.Workers.Sessions;

/// <summary>See <see cref="ISessionService"/>.</summary>
internal sealed class SessionService(
    EnvironmentBuilder builder,
    SessionHost host,
    SessionRegister register,
    WatchLinkRegister links,
    TicketSigner signer,
    IGrainFactory grains,
    WorkerOptions options) : ISessionService
{
    internal const string HubPath = "/hub/session";
    private const int MostMachines = 4;

    public async Task<SessionStart> StartAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        if (request.EnvironmentIds.Count is 0 or > MostMachines)
        {
            return new SessionStart(SessionStartOutcome.Invalid, $"A session has 1 to {MostMachines} machines.", null);
        }

        var built = new List<BuiltMachine>();
        foreach (var environmentId in request.EnvironmentIds)
        {
            var result = await builder.BuildAsync(environmentId, request.Object, request.EmulatorBuild, request.TimeLimit, cancellationToken);
            if (result.Machine is not { } machine)
            {
                var outcome = result.IsUnavailable ? SessionStartOutcome.Unavailable : SessionStartOutcome.Invalid;
                return new SessionStart(outcome, string.Join(' ', result.Problems), null);
            }

            built.Add(machine);
        }

        return await AdmitAsync(request, built);
    }

    public async Task<SessionView?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        host.Find(id)?.View ?? (await register.FindAsync(id, cancellationToken) is { } record ? ToView(record) : null);

    public async Task<SessionRole?> AuthorizeAsync(Guid id, string bearer, CancellationToken cancellationToken)
    {
        SessionRole? role = signer.Check(bearer) is { } ticket
            ? ticket.SessionId == id && await IsStillGoodAsync(ticket, cancellationToken) ? ticket.Role : null
            : await HoldsKeyAsync(id, bearer, cancellationToken) ? SessionRole.Control : null;
        if (role is SessionRole.Control or SessionRole.Guide)
        {
            host.Find(id)?.Deadlines.Looked();
        }

        return role;
    }

    public async Task<bool> IsOwnerAsync(Guid id, string key, CancellationToken cancellationToken) => await HoldsKeyAsync(id, key, cancellationToken);

    public async Task<SessionTicket?> IssueTicketAsync(Guid id, string key, CancellationToken cancellationToken) =>
        await HoldsKeyAsync(id, key, cancellationToken) && host.Find(id) is { View.State: not SessionState.Ended }
            ? MakeTicket(id)
            : null;

    public Task<byte[]?> CaptureScreenAsync(Guid id, int machine, CancellationToken cancellationToken)
    {
        if (host.Find(id) is not { } session || session.Machine(machine) is not { } running)
        {
            return Task.FromResult<byte[]?>(null);
        }

        var screen = running.Machine.Screen.Capture();
        return screen.Width == 0 ? Task.FromResult<byte[]?>(null) : Task.Run<byte[]?>(() => PictureFile.Encode(screen.Pixels, screen.Width, screen.Height), cancellationToken);
    }

    public async Task<ReadText> ReadTextAsync(Guid id, int machine, CancellationToken cancellationToken)
    {
        if (host.Find(id) is not { } session || session.Machine(machine) is not { } running)
        {
            return new ReadText(ReadTextOutcome.NotRunning, null, "");
        }

        session.Deadlines.Looked();
        if (running.Text is not { } text)
        {
            return new ReadText(ReadTextOutcome.NoTextMachine, null, "");
        }

        try
        {
            return await text.ReadAsync(cancellationToken) is { } screen
                ? new ReadText(ReadTextOutcome.Read, screen, running.Machine.Definition.Profile.TextCodePage ?? "")
                : new ReadText(ReadTextOutcome.NoTextScreen, null, "");
        }
        catch (Exception e) when (e is MachineException or ObjectDisposedException)
        {
            // The machine is ending under our hands.
            return new ReadText(ReadTextOutcome.NotRunning, null, "");
        }
    }

    public Task<PrinterOutput> ReadPrinterAsync(Guid id, int machine, CancellationToken cancellationToken)
    {
        if (host.Find(id) is not { } session || session.Machine(machine) is not { } running)
        {
            return Task.FromResult(PrinterOutput.None(PrinterOutcome.NotRunning));
        }

        session.Deadlines.Looked();
        if (running.Machine.Printer is not { } printer)
        {
            return Task.FromResult(PrinterOutput.None(PrinterOutcome.NoPrinter));
        }

        var printed = printer.Printed;
        return Task.FromResult(printed.Length == 0
            ? PrinterOutput.None(PrinterOutcome.Nothing)
            : new PrinterOutput(PrinterOutcome.Printed, printed, printer.IsFull, running.Machine.Definition.Profile.TextCodePage ?? ""));
    }

    public async Task<TypeResult> TypeAsync(Guid id, int machine, TypeRequest request, CancellationToken cancellationToken)
    {
        if (host.Find(id) is not { } session || session.Machine(machine) is not { } running)
        {
            return new TypeResult(TypeOutcome.NotRunning, 0, request.Text.Length, []);
        }

        session.Deadlines.Looked();
        return await running.Typing.TypeAsync(request, (_, _) => session.Deadlines.Touch(), cancellationToken);
    }

    public async Task EndAsync(Guid id, SessionEndReason reason, CancellationToken cancellationToken)
    {
        if (host.Find(id) is { } session)
        {
            await grains.GetGrain<ISessionGrain>(id).RequestEndAsync(reason, "");

            // Also straight: a grain that has lost its memory does not keep anybody from ending a session.
            session.RequestEnd(reason, "");
            await session.Gone.WaitAsync(cancellationToken);
        }
    }

    public async Task<SessionCapacity> CapacityAsync(CancellationToken cancellationToken) =>
        new(await grains.GetGrain<IAdmissionGrain>(0).CountAsync().WaitAsync(cancellationToken), options.MaximumSessions);

    // Not cancelled half way: what is admitted is begun.
    private async Task<SessionStart> AdmitAsync(SessionRequest request, List<BuiltMachine> built)
    {
        var key = Secret.Create();
        var plan = new SessionPlan(
            Guid.NewGuid(), Secret.Digest(key), [.. request.EnvironmentIds], request.Purpose, request.ExhibitSlug, request.EmulatorBuild, request.TimeLimit,
            request.Starter ?? SessionStarter.Anybody, request.Draft, request.Object);
        var answer = await grains.GetGrain<IAdmissionGrain>(0).AdmitAsync(new AdmissionRequest(plan, [.. built.Select(Describe)]));
        if (!answer.HasRoom)
        {
            return new SessionStart(SessionStartOutcome.NoCapacity, "Every place is taken just now. Please try again in a few minutes.", null);
        }

        if (answer.Withdrawn is { } withdrawn)
        {
            return new SessionStart(SessionStartOutcome.Invalid, $"'{withdrawn}' has been withdrawn.", null);
        }

        if (answer.FullLicence is { } licence)
        {
            return new SessionStart(SessionStartOutcome.NoSeat, $"Every seat of '{licence}' is taken just now.", null);
        }

        await grains.GetGrain<ISessionGrain>(plan.Id).BeginAsync(plan);
        var view = host.Find(plan.Id)?.View
            ?? new SessionView(plan.Id, SessionState.Starting, null, "", plan.ExhibitSlug, null, options.Name, plan.Starter, plan.Object);
        return new SessionStart(SessionStartOutcome.Started, "", new StartedSession(view, key, MakeTicket(plan.Id)));
    }

    private static AdmittedMachine Describe(BuiltMachine machine) => new(
        machine.EnvironmentId, machine.Build.Id, machine.Build.Programs[machine.Definition.Profile.Architecture].Sha256);

    private async Task<bool> HoldsKeyAsync(Guid id, string key, CancellationToken cancellationToken)
    {
        var hash = host.Find(id)?.Plan.KeySha256 ?? (await register.FindAsync(id, cancellationToken))?.KeySha256;
        return hash is not null && Secret.Matches(key, hash);
    }

    // A link that was ended takes its tickets with it.
    private async Task<bool> IsStillGoodAsync(Ticket ticket, CancellationToken cancellationToken) =>
        ticket.Link is not { } link || await links.FindAsync(link, cancellationToken) is { IsLive: true };

    private SessionTicket MakeTicket(Guid id)
    {
        var role = host.Find(id)?.Audience.IsTour == true ? SessionRole.Guide : SessionRole.Control;
        return new SessionTicket(signer.Issue(new Ticket(id, role, options.Name)), HubPath);
    }

    private static SessionView ToView(SessionRecord record) => new(
        record.Id,
        record.State,
        record.Reason,
        record.Message,
        record.ExhibitSlug,
        record.StartedAt is { } startedAt ? DateTimeOffset.FromUnixTimeMilliseconds(startedAt) : null,
        record.Worker,
        new SessionStarter(record.StartedBy, [.. record.StartedIn]),
        record.ObjectId is { } objectId ? new ObjectUse(objectId, record.Machines[0].EnvironmentId, null) : null);
}
