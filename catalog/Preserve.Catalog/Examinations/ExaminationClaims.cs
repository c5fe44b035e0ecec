using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Database;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Examinations;

/// <summary>
/// Who examines which file. A row says what is due; taking one is a single conditional UPDATE, so any number of workers can ask. What is
/// found is written with its preservation events, in one transaction.
/// </summary>
/// <remarks>
/// Due -> Examining (claimed, attempts + 1) -> Examined, Failed, or Due again (put back). What a worker that died was at becomes Due at
/// its next start, or Failed after <see cref="MaximumAttempts"/>.
/// </remarks>
public sealed class ExaminationClaims(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>Examinations of one file that may end without an answer.</summary>
    public const int MaximumAttempts = 3;

    private const string GaveUp = "The worker stopped each time while it was examining this file.";

    /// <summary>Takes one file that is due, those tried least first; null when none is due.</summary>
    public async Task<FileToExamine?> ClaimAsync(string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var file = await Due(context).OrderBy(f => f.ExaminationAttempts).ThenBy(f => f.Id)
                .Select(f => new FileToExamine(f.Id, f.Sha256, f.Name)).FirstOrDefaultAsync(cancellationToken);
            if (file is null || await TryClaimAsync(context, file.Id, worker, cancellationToken))
            {
                return file;
            }
        }
    }

    /// <summary>Writes what was found. False when the claim was no longer this worker's: then nothing is written.</summary>
    public async Task<bool> ExaminedAsync(FileToExamine file, string worker, MediumCharacterisation found, CancellationToken cancellationToken)
    {
        var document = CharacterisationDocument.Write(found);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var isOurs = await Claimed(context, file.Id, worker).ExecuteUpdateAsync(set => set
                .SetProperty(f => f.ExaminationState, ExaminationState.Examined)
                .SetProperty(f => f.ExaminationWorker, (string?)null)
                .SetProperty(f => f.ExaminationAttempts, 0)
                .SetProperty(f => f.ExaminationProblem, "")
                .SetProperty(f => f.Characterisation, document), cancellationToken) == 1;
            if (isOurs)
            {
                // What somebody else said of the file stays beside what was found here.
                await context.Identifications.Where(i => i.StoredFileId == file.Id && i.Method != Identification.Stated).ExecuteDeleteAsync(cancellationToken);
                context.Identifications.AddRange(ExaminationRecord.Identifications(file, found));
                context.Events.AddRange(ExaminationRecord.Events(file, await ObjectIdAsync(context, file.Id, cancellationToken), found, Now));
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            return isOurs;
        });
    }

    /// <summary>It could not be examined, and why, in words; recorded as an event too. False when the claim was no longer this worker's.</summary>
    public async Task<bool> FailedAsync(FileToExamine file, string worker, string problem, CancellationToken cancellationToken)
    {
        var words = ColumnLengths.Fit(problem, ColumnLengths.Text);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var isOurs = await Claimed(context, file.Id, worker).ExecuteUpdateAsync(set => set
                .SetProperty(f => f.ExaminationState, ExaminationState.Failed)
                .SetProperty(f => f.ExaminationWorker, (string?)null)
                .SetProperty(f => f.ExaminationProblem, words), cancellationToken) == 1;
            if (isOurs)
            {
                context.Events.Add(ExaminationRecord.Failure(file, await ObjectIdAsync(context, file.Id, cancellationToken), words, Now));
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            return isOurs;
        });
    }

    /// <summary>Interrupted on purpose: due again, and not counted. False when the claim was no longer this worker's.</summary>
    public async Task<bool> PutBackAsync(FileToExamine file, string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Claimed(context, file.Id, worker).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.ExaminationState, ExaminationState.Due)
            .SetProperty(f => f.ExaminationWorker, (string?)null)
            .SetProperty(f => f.ExaminationAttempts, f => f.ExaminationAttempts - 1), cancellationToken) == 1;
    }

    /// <summary>At a worker's start: what its last life left is due again, or has failed too often. Returns how many.</summary>
    public async Task<int> ReleaseOfWorkerAsync(string worker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var left = context.Files.Where(f => f.ExaminationState == ExaminationState.Examining && f.ExaminationWorker == worker);
        var failed = await left.Where(f => f.ExaminationAttempts >= MaximumAttempts).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.ExaminationState, ExaminationState.Failed)
            .SetProperty(f => f.ExaminationWorker, (string?)null)
            .SetProperty(f => f.ExaminationProblem, GaveUp), cancellationToken);
        return failed + await left.ExecuteUpdateAsync(set => set
            .SetProperty(f => f.ExaminationState, ExaminationState.Due)
            .SetProperty(f => f.ExaminationWorker, (string?)null), cancellationToken);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static IQueryable<StoredFile> Due(CatalogContext context) =>
        context.Files.Where(f => f.ExaminationState == ExaminationState.Due && f.ExaminationAttempts < MaximumAttempts);

    private static IQueryable<StoredFile> Claimed(CatalogContext context, long id, string worker) =>
        context.Files.Where(f => f.Id == id && f.ExaminationState == ExaminationState.Examining && f.ExaminationWorker == worker);

    private static async Task<bool> TryClaimAsync(CatalogContext context, long id, string worker, CancellationToken cancellationToken) =>
        await Due(context).Where(f => f.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.ExaminationState, ExaminationState.Examining)
            .SetProperty(f => f.ExaminationAttempts, f => f.ExaminationAttempts + 1)
            .SetProperty(f => f.ExaminationWorker, worker), cancellationToken) == 1;

    private static Task<string> ObjectIdAsync(CatalogContext context, long fileId, CancellationToken cancellationToken) =>
        (from file in context.Files
         join representation in context.Representations on file.RepresentationId equals representation.Id
         join medium in context.Media on representation.MediumId equals medium.Id
         where file.Id == fileId
         select medium.ObjectId).SingleAsync(cancellationToken);
}
