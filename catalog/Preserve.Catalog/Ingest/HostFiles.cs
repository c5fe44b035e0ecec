using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;

namespace Preserve.Catalog.Ingest;

/// <summary>Brings files of this host into quarantine, digested on the way.</summary>
public sealed class HostFiles(IDbContextFactory<CatalogContext> contexts, QuarantineFolder quarantine, TimeProvider time)
{
    private const int BufferLength = 1024 * 1024;

    /// <param name="folder">Absolute path.</param>
    /// <param name="path">Below it; links are not followed.</param>
    /// <param name="relativePath">What the upload is called.</param>
    /// <param name="actor">Whose it is.</param>
    /// <param name="judge">Told the digests; false for a file that is not taken.</param>
    /// <param name="cancellationToken">Leaves nothing of it.</param>
    /// <returns>Null when it was not taken.</returns>
    public async Task<Upload?> BringAsync(
        string folder, string path, string relativePath, Actor actor, Func<FileDigests, bool> judge, CancellationToken cancellationToken)
    {
        await using var source = BatchFolder.Open(folder, path);
        await using var target = new QuarantineFile(quarantine);
        await source.CopyToAsync(target, BufferLength, cancellationToken);
        var digests = target.Finish();
        if (!judge(digests))
        {
            quarantine.Delete(target.Id);
            return null;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var upload = new Upload
        {
            Id = target.Id, OwnerId = actor.AccountId, RelativePath = relativePath, LengthInBytes = target.Length, OffsetInBytes = target.Length, State = UploadState.Quarantined,
            Sha256 = digests.Sha256, Sha512 = digests.Sha512, Sha1 = digests.Sha1, Md5 = digests.Md5, CreatedAt = now, ChangedAt = now,
        };
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Uploads.Add(upload);
        await context.SaveChangesAsync(cancellationToken);
        return upload;
    }
}
