using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Hosting;

namespace Preserve.Workers.Sessions.Grains;

/// <summary>See <see cref="IAdmissionGrain"/>. One call at a time, so counting and taking are one act.</summary>
internal sealed class AdmissionGrain(
    SessionRegister register, IDbContextFactory<CatalogContext> contexts, WorkerOptions options, TimeProvider time)
    : Grain, IAdmissionGrain
{
    private readonly HashSet<Guid> _admitted = [];

    // What was admitted before this grain was (re)activated stands in the catalog.
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        _admitted.UnionWith(await context.Sessions
            .Where(session => session.State != SessionState.Ended).Select(session => session.Id).ToListAsync(cancellationToken));
    }

    public async Task<AdmissionAnswer> AdmitAsync(AdmissionRequest request)
    {
        if (_admitted.Count >= options.MaximumSessions)
        {
            return new AdmissionAnswer(false, null);
        }

        var admission = await register.AdmitAsync(ToRecord(request), CancellationToken.None);
        if (admission.IsAdmitted)
        {
            _admitted.Add(request.Plan.Id);
        }

        return new AdmissionAnswer(true, admission.FullLicence, admission.Withdrawn);
    }

    public Task ReleaseAsync(Guid id)
    {
        _admitted.Remove(id);
        return Task.CompletedTask;
    }

    public Task<int> CountAsync() => Task.FromResult(_admitted.Count);

    private SessionRecord ToRecord(AdmissionRequest request)
    {
        var plan = request.Plan;
        var record = new SessionRecord
        {
            Id = plan.Id,
            Purpose = plan.Purpose,
            ExhibitSlug = plan.ExhibitSlug,
            ObjectId = plan.Object?.ObjectId,
            State = SessionState.Queued,
            Worker = options.Name,
            KeySha256 = plan.KeySha256,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            StartedBy = plan.Starter.Account,
            StartedIn = [.. plan.Starter.Rooms],
        };
        record.Machines.AddRange(request.Machines.Select((machine, channel) => new SessionMachine
        {
            SessionId = plan.Id,
            Channel = channel,
            EnvironmentId = machine.EnvironmentId,
            EmulatorBuild = machine.EmulatorBuild,
            EmulatorSha256 = machine.EmulatorSha256,
        }));
        return record;
    }
}
