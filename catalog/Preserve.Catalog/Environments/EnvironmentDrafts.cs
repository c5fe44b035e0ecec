using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Environments;

/// <summary>The rows of drafts. A state only moves as drawn; each change is one conditional UPDATE.</summary>
/// <remarks>
/// Running -> Kept (the machine has ended) -> Running (gone on with), Saved or Discarded. Running -> Lost where nothing sound was left,
/// Discarded where nothing was written.
/// </remarks>
public sealed class EnvironmentDrafts(IDbContextFactory<CatalogContext> contexts, DraftFolders folders, TimeProvider time)
{
    private const string ServiceEnded = "The service was ended while the machine ran, and what it had written since went with it.";

    /// <summary>Begins to work at an environment. Null when there is no such environment.</summary>
    public async Task<Guid?> BeginAsync(string environmentId, Actor actor, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Environments.AnyAsync(one => one.Id == environmentId, cancellationToken))
        {
            return null;
        }

        var draft = new EnvironmentDraft
        {
            Id = Guid.CreateVersion7(), EnvironmentId = environmentId, State = DraftState.Running, StartedBy = ColumnLengths.Fit(actor.Shown, ColumnLengths.Title),
            StartedAt = Now, ChangedAt = Now,
        };
        context.EnvironmentDrafts.Add(draft);
        await context.SaveChangesAsync(cancellationToken);
        return draft.Id;
    }

    /// <summary>Goes on with what was kept. The environment to run; null when there is nothing kept by this id.</summary>
    public async Task<string?> ContinueAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await MoveAsync(context, id, DraftState.Kept, DraftState.Running, "", cancellationToken)
            ? await context.EnvironmentDrafts.Where(draft => draft.Id == id).Select(draft => draft.EnvironmentId).SingleAsync(cancellationToken)
            : null;
    }

    /// <summary>The machine has ended, and what was written lies in the draft's folder. Nothing written: as if it had never been.</summary>
    /// <param name="id">Of the draft.</param>
    /// <param name="bays">Bay to the SHA-256 of the medium that was written to.</param>
    /// <param name="cancellationToken">Leaves the row as it was.</param>
    public async Task KeptAsync(Guid id, IReadOnlyDictionary<string, string> bays, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.EnvironmentDrafts.SingleOrDefaultAsync(draft => draft.Id == id && draft.State == DraftState.Running, cancellationToken) is { } row)
        {
            (row.State, row.ChangedAt, row.Bays) = (bays.Count > 0 ? DraftState.Kept : DraftState.Discarded, Now, new(bays));
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>What was written cannot be used, and why. What was kept before the machine ran stays.</summary>
    public async Task LostAsync(Guid id, string problem, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await MoveAsync(context, id, DraftState.Running, folders.HasAny(id) ? DraftState.Kept : DraftState.Lost, problem, cancellationToken);
    }

    /// <summary>Forgets what was written. False when it runs, or was decided about already.</summary>
    public async Task<bool> DiscardAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await MoveAsync(context, id, DraftState.Kept, DraftState.Discarded, "", cancellationToken)
            && !await MoveAsync(context, id, DraftState.Lost, DraftState.Discarded, "", cancellationToken))
        {
            return false;
        }

        folders.Delete(id);
        return true;
    }

    /// <summary>Drafts of an environment that wait for a decision or run. Not tracked.</summary>
    public async Task<IReadOnlyList<EnvironmentDraft>> ListAsync(string environmentId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.EnvironmentDrafts.AsNoTracking()
            .Where(draft => draft.EnvironmentId == environmentId && (draft.State == DraftState.Running || draft.State == DraftState.Kept || draft.State == DraftState.Lost))
            .OrderBy(draft => draft.StartedAt).ToListAsync(cancellationToken);
    }

    /// <summary>At the service's start: what ran has ended with its last life. Returns how many.</summary>
    public async Task<int> ReleaseAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await context.EnvironmentDrafts.Where(draft => draft.State == DraftState.Running).Select(draft => draft.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            await LostAsync(id, ServiceEnded, cancellationToken);
        }

        return ids.Count;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<bool> MoveAsync(
        CatalogContext context, Guid id, DraftState from, DraftState to, string problem, CancellationToken cancellationToken)
    {
        var (now, words) = (Now, ColumnLengths.Fit(problem, ColumnLengths.Text));
        return await context.EnvironmentDrafts.Where(draft => draft.Id == id && draft.State == from).ExecuteUpdateAsync(set => set
            .SetProperty(draft => draft.State, to)
            .SetProperty(draft => draft.ChangedAt, now)
            .SetProperty(draft => draft.Problem, words), cancellationToken) == 1;
    }
}
