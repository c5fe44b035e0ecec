using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Proofs;

/// <summary>
/// Who boots which proof. A row says what is due; taking one is a single conditional UPDATE, so any number of workers can ask, and a
/// restart loses nothing.
/// </summary>
/// <remarks>
/// Due -> Booting (claimed, attempts + 1) -> Booted, Failed, or Due again (put back). What a worker that died was at becomes Due at its
/// next start, or Failed after <see cref="MaximumAttempts"/>.
/// </remarks>
public sealed class ProofClaims(IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Boots that may end without an answer.</summary>
    public const int MaximumAttempts = 3;

    private const string GaveUp = "The worker stopped each time while it was booting this machine.";

    /// <summary>Takes one that is due, those tried least and asked for first; null when none is due.</summary>
    public async Task<long?> ClaimAsync(string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var id = await Due(context).OrderBy(p => p.Attempts).ThenBy(p => p.Id).Select(p => (long?)p.Id).FirstOrDefaultAsync(cancellationToken);
            if (id is not { } due || await TryClaimAsync(context, due, worker, cancellationToken))
            {
                return id;
            }
        }
    }

    /// <summary>It came to these screens. False when the claim was no longer this worker's: then nothing is written.</summary>
    public async Task<bool> BootedAsync(long id, string worker, BootedProof booted, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Claimed(context, id, worker).SingleOrDefaultAsync(cancellationToken) is not { } row)
        {
            return false;
        }

        row.State = ProofState.Booted;
        (row.Worker, row.Attempts, row.Problem) = (null, 0, "");
        (row.EmulatorBuild, row.SettlesAfterSeconds) = (booted.EmulatorBuild, booted.SettlesAfterSeconds);
        row.Screens.AddRange(booted.Screens);
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>It came to nothing, and why, in words. False when the claim was no longer this worker's.</summary>
    public async Task<bool> FailedAsync(long id, string worker, string problem, CancellationToken cancellationToken)
    {
        var words = ColumnLengths.Fit(problem, ColumnLengths.Text);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Claimed(context, id, worker).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.State, ProofState.Failed)
            .SetProperty(p => p.Worker, (string?)null)
            .SetProperty(p => p.Problem, words), cancellationToken) == 1;
    }

    /// <summary>Interrupted on purpose: due again, and not counted. False when the claim was no longer this worker's.</summary>
    public async Task<bool> PutBackAsync(long id, string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Claimed(context, id, worker).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.State, ProofState.Due)
            .SetProperty(p => p.Worker, (string?)null)
            .SetProperty(p => p.Attempts, p => p.Attempts - 1), cancellationToken) == 1;
    }

    /// <summary>At a worker's start: what its last life left is due again, or has failed too often. Returns how many.</summary>
    public async Task<int> ReleaseOfWorkerAsync(string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var left = context.ProofBoots.Where(p => p.State == ProofState.Booting && p.Worker == worker);
        var failed = await left.Where(p => p.Attempts >= MaximumAttempts).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.State, ProofState.Failed)
            .SetProperty(p => p.Worker, (string?)null)
            .SetProperty(p => p.Problem, GaveUp), cancellationToken);
        return failed + await left.ExecuteUpdateAsync(set => set
            .SetProperty(p => p.State, ProofState.Due)
            .SetProperty(p => p.Worker, (string?)null), cancellationToken);
    }

    private static IQueryable<ProofBoot> Due(CatalogContext context) =>
        context.ProofBoots.Where(p => p.State == ProofState.Due && p.Attempts < MaximumAttempts);

    private static IQueryable<ProofBoot> Claimed(CatalogContext context, long id, string worker) =>
        context.ProofBoots.Where(p => p.Id == id && p.State == ProofState.Booting && p.Worker == worker);

    private static async Task<bool> TryClaimAsync(CatalogContext context, long id, string worker, CancellationToken cancellationToken) =>
        await Due(context).Where(p => p.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.State, ProofState.Booting)
            .SetProperty(p => p.Attempts, p => p.Attempts + 1)
            .SetProperty(p => p.Worker, worker), cancellationToken) == 1;
}

/// <summary>What a proof boot came to.</summary>
/// <param name="EmulatorBuild">What it ran on.</param>
/// <param name="SettlesAfterSeconds">Until its last screen stood there to stay; null when it never came to rest.</param>
/// <param name="Screens">In order; at least one.</param>
public sealed record BootedProof(string EmulatorBuild, double? SettlesAfterSeconds, IReadOnlyList<ProofScreen> Screens);
