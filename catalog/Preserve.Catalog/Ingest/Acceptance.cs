using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Import;
using Preserve.Catalog.Ingest.Viruses;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ingest;

/// <summary>Makes an object out of uploads, all of it or nothing. May run beside an import, for which it waits.</summary>
/// <remarks>
/// 1. The request is checked as a whole, against the collection and the quarantine.
/// 2. Every file is staged beside storage and compared once more with the digest it had when it came.
/// 3. The rows are made, object, media, events, audit entry, and that the uploads are accepted, and the object's first version drafted.
/// 4. Version and rows are committed together. The quarantine is cleared by <see cref="QuarantineKeeping"/>, since a row now says so.
/// </remarks>
public sealed class Acceptance(
    IDbContextFactory<CatalogContext> contexts,
    ObjectStorage storage,
    ObjectVersions versions,
    IContentStore store,
    QuarantineFolder quarantine,
    ImportTurn turn,
    UploadScans scans,
    AuditTrail audit,
    TimeProvider time)
{
    private static readonly string Agent = ObjectVersions.Agent("ingest");

    /// <summary>The object is in the collection, or nothing has changed and all problems are told.</summary>
    public async Task<AcceptanceResult> AcceptAsync(AcceptanceRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var problems = AcceptanceCheck.Check(request);

        // Before anybody waits for our turn: a scanner takes its time.
        if (problems.IsEmpty)
        {
            await CheckVirusesAsync(request, problems, cancellationToken);
        }

        await using (await turn.TakeAsync(cancellationToken))
        {
            var uploads = await FindAsync(request, problems, cancellationToken);
            if (problems.IsEmpty)
            {
                await using var transaction = await storage.Ocfl.BeginAsync(cancellationToken);
                var kept = request.Outside is { IsPackageTransport: true } ? uploads.Values.Where(one => request.Media.Any(medium => medium.Files.Contains(one.Id))) : uploads.Values;
                var staged = await StageAsync(transaction, kept, problems, cancellationToken);
                if (problems.IsEmpty)
                {
                    await CommitAsync(transaction, staged, request, uploads, actor, problems, cancellationToken);
                }
            }

            return new AcceptanceResult(problems.Texts);
        }
    }

    private async Task CheckVirusesAsync(AcceptanceRequest request, ProblemList problems, CancellationToken cancellationToken)
    {
        var ids = request.Media.SelectMany(medium => medium.Files).Distinct().ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var uploads = await context.Uploads.AsNoTracking().Where(upload => EF.Parameter(ids).Contains(upload.Id) && upload.State == UploadState.Quarantined).ToListAsync(cancellationToken);
        await scans.RefuseInfectedAsync(uploads, problems, cancellationToken);
    }

    /// <summary>The chosen uploads and the packed ones that they came out of, by id.</summary>
    private async Task<Dictionary<Guid, Upload>> FindAsync(AcceptanceRequest request, ProblemList problems, CancellationToken cancellationToken)
    {
        var ids = request.Media.SelectMany(medium => medium.Files).Distinct().ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Objects.AnyAsync(one => one.Id == request.ObjectId, cancellationToken))
        {
            problems.Add("id", $"the collection has an object \"{request.ObjectId}\" already");
        }

        var uploads = await context.Uploads.AsNoTracking().Where(upload => EF.Parameter(ids).Contains(upload.Id)).ToDictionaryAsync(upload => upload.Id, cancellationToken);
        foreach (var id in ids)
        {
            if (!uploads.TryGetValue(id, out var upload))
            {
                problems.Add("media", $"there is no upload {id}");
            }
            else if (upload.State != UploadState.Quarantined)
            {
                problems.Add(ManifestEntry.Shorten(upload.RelativePath), upload.State switch
                {
                    UploadState.Receiving => "is not whole yet",
                    UploadState.Checking => "is still being digested; wait a moment",
                    _ => "has been decided about already",
                });
            }
        }

        var packed = uploads.Values.Select(upload => upload.UnpackedFromId).OfType<Guid>().Distinct().Where(id => !uploads.ContainsKey(id)).ToList();
        foreach (var source in await context.Uploads.AsNoTracking().Where(upload => EF.Parameter(packed).Contains(upload.Id)).ToListAsync(cancellationToken))
        {
            if (source.State is not (UploadState.Quarantined or UploadState.Accepted))
            {
                problems.Add(ManifestEntry.Shorten(source.RelativePath), "is what one of these files came out of, and it is not there any more");
            }

            uploads.Add(source.Id, source);
        }

        return uploads;
    }

    private async Task<Dictionary<string, OcflStagedFile>> StageAsync(
        OcflTransaction transaction, IEnumerable<Upload> uploads, ProblemList problems, CancellationToken cancellationToken)
    {
        var staged = new Dictionary<string, OcflStagedFile>(StringComparer.Ordinal);
        foreach (var upload in uploads.DistinctBy(upload => upload.Sha256))
        {
            // A package that went in with another of its files has left the quarantine; its bytes are that object's.
            await using var file = upload.State == UploadState.Accepted && store.Contains(upload.Sha256!)
                ? store.Open(upload.Sha256!)
                : quarantine.OpenForReading(upload.Id);
            var one = await transaction.StageAsync(file, upload.LengthInBytes, cancellationToken);
            if (one.Sha256 != upload.Sha256 || one.LengthInBytes != upload.LengthInBytes)
            {
                problems.Add(ManifestEntry.Shorten(upload.RelativePath), "is not what it was when it came: its bytes in quarantine are damaged. Bring it in again");
            }

            staged[one.Sha256] = one;
        }

        return staged;
    }

    private async Task CommitAsync(
        OcflTransaction transaction, Dictionary<string, OcflStagedFile> staged, AcceptanceRequest request, Dictionary<Guid, Upload> uploads, Actor actor,
        ProblemList problems, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Objects.Add(AcceptedObject.Create(request, uploads, now));
        context.Events.AddRange(AcceptedEvents.Of(request, uploads, actor, now, Agent));
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.ObjectAccepted, request.ObjectId, $"{request.Title}: {request.Media.Count} media"));
        foreach (var upload in uploads.Values.Where(upload => upload.State == UploadState.Quarantined))
        {
            context.Uploads.Attach(upload);
            upload.State = UploadState.Accepted;
            upload.ObjectId = request.ObjectId;
            upload.ChangedAt = now;
        }

        await versions.AddDraftAsync(context, transaction, request.ObjectId, staged, "ingest", Agent, cancellationToken);
        try
        {
            await storage.CommitAsync(context, transaction, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            problems.Add("media", "somebody else has just decided about one of these uploads");
        }
    }
}
