using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Import;
using Preserve.Catalog.Probing;

namespace Preserve.Catalog.Ingest.Bags;

/// <summary>
/// Takes BagIt bags: a folder of this host, or a packed upload. Its bytes go through quarantine, the bag is judged in the sandbox, and its payload
/// becomes the media of one object; a bag that was exported here brings its objects back. Nothing that <c>fetch.txt</c> names is fetched.
/// </summary>
/// <remarks>
/// 1. The files come into quarantine, digested on the way. 2. A child in the sandbox reads tag files and METS, and compares every manifest with those
/// digests. 3. What it says becomes a description, which a curator may change. 4. <see cref="Acceptance"/>, or <see cref="BagReturn"/> for what is ours.
/// Of a bag that is refused nothing is left but the package that was uploaded.
/// </remarks>
public sealed class BagIntake(
    IDbContextFactory<CatalogContext> contexts, QuarantineFolder quarantine, HostFiles hostFiles, Unpacking unpacking, BagProbe probe, Acceptance acceptance,
    BagReturn returning, IngestOptions options, TimeProvider time)
{
    /// <summary>Takes a folder.</summary>
    /// <param name="folder">Absolute path of the bag.</param>
    /// <param name="objectId">Id of the object; null for one made from what the bag says.</param>
    /// <param name="actor">Who brings it in.</param>
    /// <param name="progress">Told as files are read; null when nobody looks.</param>
    /// <param name="cancellationToken">Leaves nothing.</param>
    /// <exception cref="IOException">A file failed while it was read, or storage failed.</exception>
    public async Task<BagResult> IngestFolderAsync(string folder, string? objectId, Actor actor, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var (files, problem) = BagListing.Read(folder, options, quarantine.FreeLengthInBytes);
        if (problem.Length > 0)
        {
            return BagResult.Refused(problem);
        }

        var uploads = new List<Upload>();
        try
        {
            long done = 0;
            var name = Path.GetFileName(folder.TrimEnd('/'));
            foreach (var (path, length) in files)
            {
                progress?.Report(new ImportProgress(done, files.Sum(file => file.Value), path));
                uploads.Add((await hostFiles.BringAsync(folder, path, UploadName.Problem($"{name}/{path}") is null ? $"{name}/{path}" : path, actor, _ => true, cancellationToken))!);
                done += length;
            }

            return await AcceptAsync(uploads, objectId, actor, cancellationToken);
        }
        finally
        {
            await ForgetAsync(uploads);
        }
    }

    /// <summary>Takes a packed upload as one bag.</summary>
    /// <param name="id">A whole upload that can be unpacked.</param>
    /// <param name="objectId">Id of the object; null for one made from what the bag says.</param>
    /// <param name="actor">Who brings it in.</param>
    /// <param name="cancellationToken">Leaves the package alone in quarantine.</param>
    public async Task<BagResult> IngestUploadAsync(Guid id, string? objectId, Actor actor, CancellationToken cancellationToken)
    {
        var (uploads, problem) = await UnpackAsync(id, actor, cancellationToken);
        if (problem.Length > 0)
        {
            return BagResult.Refused(problem);
        }

        try
        {
            var result = await AcceptAsync(uploads, objectId, actor, cancellationToken);
            if (result.IsDone)
            {
                await DecideAsync(id, [.. result.Accepted, .. result.AlreadyThere]);
            }

            return result;
        }
        finally
        {
            await ForgetAsync(uploads);
        }
    }

    /// <summary>Judges a packed upload and proposes how to describe it; accepted by <see cref="Acceptance"/>. What came out of it stays in quarantine then.</summary>
    public async Task<BagResult> ProposeAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        var (uploads, problem) = await UnpackAsync(id, actor, cancellationToken);
        if (problem.Length > 0)
        {
            return BagResult.Refused(problem);
        }

        var isProposed = false;
        try
        {
            var (result, bag, _) = await LookAsync(uploads, cancellationToken);
            isProposed = result.IsDone && !(bag is not null && BagReturn.IsOurs(bag));
            return isProposed ? result : result.IsDone ? result with { Proposal = null, ComesBack = true } : result;
        }
        finally
        {
            if (!isProposed)
            {
                await ForgetAsync(uploads);
            }
        }
    }

    private async Task<BagResult> AcceptAsync(IReadOnlyList<Upload> uploads, string? objectId, Actor actor, CancellationToken cancellationToken)
    {
        var (result, bag, answer) = await LookAsync(uploads, cancellationToken);
        if (!result.IsDone)
        {
            return result;
        }

        if (BagReturn.IsOurs(bag!))
        {
            return objectId is null
                ? await returning.ReturnAsync(bag!, answer!, actor, cancellationToken)
                : BagResult.Refused("This bag was exported by Preserve: its objects come back under their own ids, and no other can be given.");
        }

        var request = result.Proposal!;
        request = objectId is null || objectId == request.ObjectId ? request : new BagDescription(bag!, answer!).ToRequest(time.GetUtcNow(), objectId);
        var accepted = await acceptance.AcceptAsync(request, actor, cancellationToken);
        return accepted.IsDone ? new BagResult([], [request.ObjectId], [], null) : new BagResult(accepted.Problems, [], [], null);
    }

    private async Task<(BagResult Result, QuarantinedBag? Bag, BagAnswer? Answer)> LookAsync(IReadOnlyList<Upload> uploads, CancellationToken cancellationToken)
    {
        var (bag, problem) = QuarantinedBag.Find(uploads);
        if (bag is null)
        {
            return (BagResult.Refused(problem), null, null);
        }

        try
        {
            var answer = await bag.LookAsync(probe, quarantine, cancellationToken);
            var errors = answer.Findings.Where(finding => finding.IsError).Select(finding => $"{ManifestEntry.Shorten(finding.Path)} {finding.Text}").ToList();
            if (errors.Count > 0 && bag.Files.ContainsKey("fetch.txt"))
            {
                errors.Add("The bag has a fetch.txt. Nothing is ever fetched here: let whoever made the bag complete it.");
            }

            if (errors.Count == 0 && !bag.Files.Keys.Any(BagLayout.IsPayload))
            {
                errors.Add("The bag has no payload: there is nothing to preserve.");
            }

            return errors.Count > 0
                ? (new BagResult(errors, [], [], null), bag, answer)
                : (new BagResult([], [], [], new BagDescription(bag, answer).ToRequest(time.GetUtcNow())) { Uploads = bag.Files.Values.ToDictionary(one => one.Id) }, bag, answer);
        }
        catch (InvalidDataException broken)
        {
            return (BagResult.Refused(broken.Message), bag, null);
        }
    }

    private async Task<(List<Upload> Uploads, string Problem)> UnpackAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        async Task<List<Upload>> FindAsync()
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await context.Uploads.AsNoTracking().Where(upload => upload.UnpackedFromId == id && upload.State == UploadState.Quarantined).ToListAsync(cancellationToken);
        }

        if (await FindAsync() is { Count: > 0 } already)
        {
            return (already, "");
        }

        var unpacked = await unpacking.UnpackAsync(id, actor, cancellationToken);
        return unpacked.IsDone ? (await FindAsync(), "") : ([], unpacked.Problem);
    }

    // A package whose objects came back has done what it came for. Any other was decided about with its files.
    private async Task DecideAsync(Guid id, List<string> objects)
    {
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        await context.Uploads.Where(upload => upload.Id == id && upload.State == UploadState.Quarantined).ExecuteUpdateAsync(
            set => set.SetProperty(upload => upload.State, UploadState.Accepted).SetProperty(upload => upload.ObjectId, objects[0]), CancellationToken.None);
    }

    // What was accepted is not forgotten: only what still waits is deleted.
    private async Task ForgetAsync(List<Upload> uploads)
    {
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        foreach (var ids in uploads.Select(upload => upload.Id).Chunk(500))
        {
            await context.Uploads.Where(upload => EF.Parameter(ids).Contains(upload.Id) && upload.State == UploadState.Quarantined).ExecuteDeleteAsync(CancellationToken.None);
        }

        uploads.ForEach(upload => quarantine.Delete(upload.Id));
    }
}

/// <summary>How a bag was taken.</summary>
/// <param name="Problems">Why it was refused; empty when it was not.</param>
/// <param name="Accepted">Ids of the objects that are in the collection now.</param>
/// <param name="AlreadyThere">Ids of those that it had.</param>
/// <param name="Proposal">How it would be described.</param>
public sealed record BagResult(IReadOnlyList<string> Problems, IReadOnlyList<string> Accepted, IReadOnlyList<string> AlreadyThere, AcceptanceRequest? Proposal)
{
    public bool IsDone => Problems.Count == 0;

    /// <summary>The uploads of <see cref="Proposal"/>, by id.</summary>
    public IReadOnlyDictionary<Guid, Upload> Uploads { get; init; } = new Dictionary<Guid, Upload>();

    /// <summary>Whether it was exported here: its objects come back as they were, and there is nothing to describe.</summary>
    public bool ComesBack { get; init; }

    public static BagResult Refused(string problem) => new([problem], [], [], null);
}
