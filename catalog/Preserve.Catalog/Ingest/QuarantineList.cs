using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Ingest;

/// <summary>An upload as curators see it.</summary>
/// <param name="Upload">Not tracked.</param>
/// <param name="Owner">Name of the account, or "command line".</param>
/// <param name="SameInCollection">Objects that hold a file with the same bytes.</param>
/// <param name="SameInQuarantine">Other uploads with the same bytes.</param>
/// <param name="Unpacked">How many files came out of it.</param>
public sealed record QuarantineRow(
    Upload Upload, string Owner, IReadOnlyList<string> SameInCollection, IReadOnlyList<string> SameInQuarantine, int Unpacked);

/// <summary>What lies in quarantine, with the duplicates that its digests show across the archive.</summary>
public sealed class QuarantineList(IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Rows in one answer.</summary>
    public const int Maximum = 2_000;

    /// <summary>What waits, by path.</summary>
    public async Task<IReadOnlyList<QuarantineRow>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var uploads = await context.Uploads.AsNoTracking()
            .Where(upload => upload.State == UploadState.Receiving || upload.State == UploadState.Checking || upload.State == UploadState.Quarantined)
            .OrderBy(upload => upload.RelativePath).Take(Maximum).ToListAsync(cancellationToken);
        var digests = uploads.Select(upload => upload.Sha256).OfType<string>().Distinct().ToList();
        var stored = await context.Files.Where(file => EF.Parameter(digests).Contains(file.Sha256))
            .Join(context.Representations, file => file.RepresentationId, form => form.Id, (file, form) => new { file.Sha256, form.MediumId })
            .Join(context.Media, file => file.MediumId, medium => medium.Id, (file, medium) => new { file.Sha256, medium.ObjectId })
            .Distinct().ToListAsync(cancellationToken);
        var inCollection = stored.ToLookup(one => one.Sha256, one => one.ObjectId);
        var inQuarantine = uploads.Where(upload => upload.Sha256 is not null).ToLookup(upload => upload.Sha256!);
        var owners = await OwnersAsync(context, uploads, cancellationToken);
        var unpacked = uploads.Where(upload => upload.UnpackedFromId is not null).CountBy(upload => upload.UnpackedFromId!.Value).ToDictionary();
        return [.. uploads.Select(upload => new QuarantineRow(
            upload,
            upload.OwnerId is { } owner ? owners.GetValueOrDefault(owner, "") : "command line",
            upload.Sha256 is { } digest ? [.. inCollection[digest]] : [],
            upload.Sha256 is { } same ? [.. inQuarantine[same].Where(other => other.Id != upload.Id).Select(other => other.RelativePath)] : [],
            unpacked.GetValueOrDefault(upload.Id)))];
    }

    private static async Task<Dictionary<Guid, string>> OwnersAsync(CatalogContext context, List<Upload> uploads, CancellationToken cancellationToken)
    {
        var ids = uploads.Select(upload => upload.OwnerId).OfType<Guid>().Distinct().ToList();
        return await context.Accounts.Where(account => EF.Parameter(ids).Contains(account.Id))
            .ToDictionaryAsync(account => account.Id, account => account.UserName!, cancellationToken);
    }
}
