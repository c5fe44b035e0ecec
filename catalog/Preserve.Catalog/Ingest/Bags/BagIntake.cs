using Preserve.Catalog.Audit;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Import;
using Preserve.Catalog.Ingest.Viruses;
using Preserve.Catalog.Probing;

namespace Preserve.Catalog.Ingest.Bags;

/// <summary>
/// Takes BagIt bags: a folder of this host, or a packed upload. Its bytes go through quarantine, the bag is judged in the sandbox, and its payload
/// becomes the media of one object; a bag that was exported here brings its objects back. Nothing that <c>fetch.txt</c> names is fetched.
/// </summary>
/// <remarks>
/// 1. The files come into quarantine, digested on the way. 2. A child in the sandbox reads tag files and METS, and compares every manifest with those
/// digests. 3. What it says becomes a description, which a curator may change. 4. <see cref="Acceptance"/>, or <see cref="BagReturn"/> for what is ours.
/// Of a bag that is refused nothing is left but the package that was uploaded; of a packed one that is only infected, its files as well, for an administrator
/// to let in.
/// </remarks>
public sealed class BagIntake(
    BagPackages packages, QuarantineFolder quarantine, HostFiles hostFiles, BagProbe probe, Acceptance acceptance, BagReturn returning, UploadScans scans,
    IngestOptions options, TimeProvider time)
{
    private const string UnderWay = "Somebody is taking or judging this package already. Wait until that is done, then look again.";

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
            var prefix = files.All(file => UploadName.Problem($"{name}/{file.Key}") is null) ? $"{name}/" : "";
            foreach (var (path, length) in files)
            {
                progress?.Report(new ImportProgress(done, files.Sum(file => file.Value), path));
                uploads.Add((await hostFiles.BringAsync(folder, path, prefix + path, actor, _ => true, cancellationToken))!);
                done += length;
            }

            var result = await AcceptAsync(uploads, objectId, actor, cancellationToken);
            return result.IsInfected
                ? result with { Problems = [.. result.Problems, "Of a folder nothing is kept: to let it in, pack it as ZIP and take that at /curate/ingest."] }
                : result;
        }
        finally
        {
            await packages.ForgetAsync(uploads);
        }
    }

    /// <summary>Takes a packed upload as one bag.</summary>
    /// <param name="id">A whole upload that can be unpacked.</param>
    /// <param name="objectId">Id of the object; null for one made from what the bag says.</param>
    /// <param name="actor">Who brings it in.</param>
    /// <param name="cancellationToken">Leaves the package alone in quarantine.</param>
    public async Task<BagResult> IngestUploadAsync(Guid id, string? objectId, Actor actor, CancellationToken cancellationToken)
    {
        using var claim = packages.Claim(id);
        return claim is null ? BagResult.Refused(UnderWay) : await TakeUploadAsync(id, objectId, actor, cancellationToken);
    }

    /// <summary>Judges a packed upload and proposes how to describe it; accepted by <see cref="Acceptance"/>. What came out of it stays in quarantine then.</summary>
    public async Task<BagResult> ProposeAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        using var claim = packages.Claim(id);
        return claim is null ? BagResult.Refused(UnderWay) : await ProposeUploadAsync(id, actor, cancellationToken);
    }

    private async Task<BagResult> TakeUploadAsync(Guid id, string? objectId, Actor actor, CancellationToken cancellationToken)
    {
        var (uploads, isOurs, problem) = await packages.UnpackAsync(id, actor, cancellationToken);
        if (problem.Length > 0)
        {
            return BagResult.Refused(problem);
        }

        var isForgotten = isOurs;
        try
        {
            var result = await AcceptAsync(uploads, objectId, actor, cancellationToken);
            isForgotten = result.IsDone || (isOurs && !result.IsInfected);
            if (result.IsDone)
            {
                await packages.DecideAsync(id, [.. result.Accepted, .. result.AlreadyThere]);
            }

            return result;
        }
        finally
        {
            if (isForgotten)
            {
                await packages.ForgetAsync(uploads);
            }
        }
    }

    private async Task<BagResult> ProposeUploadAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        var (uploads, isOurs, problem) = await packages.UnpackAsync(id, actor, cancellationToken);
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
            if (!isProposed && isOurs)
            {
                await packages.ForgetAsync(uploads);
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

        var infected = new ProblemList();
        await scans.RefuseInfectedAsync(bag!.Files.Values, infected, cancellationToken);
        if (!infected.IsEmpty)
        {
            return new BagResult(infected.Texts, [], [], null) { IsInfected = true };
        }

        if (BagReturn.IsOurs(bag))
        {
            return objectId is null
                ? await returning.ReturnAsync(bag, answer!, actor, cancellationToken)
                : BagResult.Refused("This bag was exported by Preserve: its objects come back under their own ids, and no other can be given.");
        }

        var request = result.Proposal!;
        request = objectId is null || objectId == request.ObjectId ? request : new BagDescription(bag, answer!).ToRequest(time.GetUtcNow(), objectId);
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
}
