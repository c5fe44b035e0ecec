using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Sandbox;

namespace Preserve.Catalog.Ingest;

/// <summary>What came out of a packed upload, or why nothing did.</summary>
public sealed record UnpackResult(int Files, string Problem)
{
    public bool IsDone => Problem.Length == 0;
}

/// <summary>
/// Unpacks ZIP, gzip and xz in a sandbox, within bounds of files and bytes. What comes out are uploads of their own in quarantine that
/// know what they came out of; all of it, or nothing.
/// </summary>
public sealed class Unpacking(
    IDbContextFactory<CatalogContext> contexts, QuarantineFolder quarantine, ISandbox sandbox, IngestOptions options, AuditTrail audit, TimeProvider time)
{
    /// <param name="id">A whole upload whose name ends in <c>.zip</c>, <c>.gz</c> or <c>.xz</c>.</param>
    /// <param name="actor">Who asks; owns what comes out.</param>
    /// <param name="cancellationToken">Leaves nothing.</param>
    public async Task<UnpackResult> UnpackAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var package = await context.Uploads.AsNoTracking().SingleOrDefaultAsync(upload => upload.Id == id && upload.State == UploadState.Quarantined, cancellationToken);
        if (package is null)
        {
            return Refused("There is no such upload, it is not whole yet, or it has been decided about.");
        }

        if (AcceptanceWords.PackedFormat(package.Name) is not { } format)
        {
            return Refused("Only .zip, .gz and .xz are unpacked here.");
        }

        if (await context.Uploads.AnyAsync(upload => upload.UnpackedFromId == id, cancellationToken))
        {
            return Refused("It has been unpacked already.");
        }

        var files = new List<Upload>();
        var budget = Math.Min(options.MaximumUnpackedLengthInBytes, quarantine.FreeLengthInBytes - options.FreeSpaceReserveInBytes);
        try
        {
            await foreach (var file in UnpackAsync(package, format, actor, budget, cancellationToken))
            {
                files.Add(file);
            }

            context.Uploads.AddRange(files);
            context.AuditEntries.Add(audit.Entry(actor, AuditAction.UploadUnpacked, id.ToString(), $"{package.RelativePath}: {files.Count} files"));
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (Exception problem)
        {
            files.ForEach(file => quarantine.Delete(file.Id));
            if (problem is PackageException)
            {
                return Refused(problem.Message);
            }

            throw;
        }

        return new UnpackResult(files.Count, "");
    }

    private async IAsyncEnumerable<Upload> UnpackAsync(
        Upload package, string format, Actor actor, long budget, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (format != "zip")
        {
            var unpacked = package.RelativePath[..package.RelativePath.LastIndexOf('.')];
            var reader = new PackageReader(sandbox, format);
            yield return await TakeOutAsync(package, unpacked, actor, (target, token) => reader.UnpackStreamAsync(quarantine.OpenForReading(package.Id), target, budget, token), cancellationToken);
            yield break;
        }

        var zip = new ZipReader(sandbox, quarantine.PathForSandbox(package.Id));
        foreach (var name in await zip.ListAsync(options.MaximumUnpackedFiles, cancellationToken))
        {
            var file = await TakeOutAsync(package, $"{package.RelativePath}.unpacked/{name}", actor, (target, token) => zip.UnpackAsync(name, target, budget, token), cancellationToken);
            budget -= file.LengthInBytes;
            yield return file;
        }
    }

    private async Task<Upload> TakeOutAsync(
        Upload package, string path, Actor actor, Func<Stream, CancellationToken, Task> unpack, CancellationToken cancellationToken)
    {
        await using var file = new QuarantineFile(quarantine);
        await unpack(file, cancellationToken);
        var digests = file.Finish();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new Upload
        {
            Id = file.Id, OwnerId = actor.AccountId, RelativePath = path, LengthInBytes = file.Length, OffsetInBytes = file.Length, State = UploadState.Quarantined,
            Sha256 = digests.Sha256, Sha512 = digests.Sha512, Sha1 = digests.Sha1, Md5 = digests.Md5, CreatedAt = now, ChangedAt = now, UnpackedFromId = package.Id,
        };
    }

    private static UnpackResult Refused(string problem) => new(0, problem);
}
