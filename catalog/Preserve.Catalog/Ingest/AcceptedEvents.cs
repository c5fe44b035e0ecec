using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;
using Preserve.Catalog.Events;
using Preserve.Catalog.Ingest.Viruses;

namespace Preserve.Catalog.Ingest;

/// <summary>What happened to the files of an accepted object, as preservation events. People are shown by pseudonym or role.</summary>
internal static class AcceptedEvents
{
    public static IEnumerable<PreservationEvent> Of(
        AcceptanceRequest request, IReadOnlyDictionary<Guid, Upload> uploads, Actor actor, long now, string agent)
    {
        PreservationEvent Event(string type, long at, string who, string detail, string outcome = "success") => new()
        {
            Type = type, ObjectId = request.ObjectId, OccurredAt = at, Agent = ColumnLengths.Fit(who, ColumnLengths.Title), Outcome = outcome,
            Detail = ColumnLengths.Fit(detail, ColumnLengths.Text),
        };

        foreach (var upload in uploads.Values.OrderBy(upload => upload.CreatedAt))
        {
            yield return Event("message digest calculation", upload.ChangedAt, agent,
                $"{upload.RelativePath}: {upload.LengthInBytes} bytes, SHA-256 {upload.Sha256}, SHA-512 {upload.Sha512}, SHA-1 {upload.Sha1}, MD5 {upload.Md5}");
            if (upload.ScanState != ScanState.None)
            {
                yield return Event("virus check", now, "clamd", $"{upload.RelativePath}: {Words(upload)}", upload.ScanState == ScanState.Clean ? "success" : "failure");
            }

            if (upload.UnpackedFromId is { } id && uploads.TryGetValue(id, out var package))
            {
                yield return Event("decompression", upload.CreatedAt, agent, $"{upload.RelativePath} out of {package.RelativePath}, SHA-256 {package.Sha256}, {(request.Outside is { IsPackageTransport: true } ? "which was for transport and is not kept" : "which is kept")}");
            }

            yield return Event("fixity check", now, agent, $"{upload.RelativePath}: in storage as it came");
        }

        foreach (var one in request.Outside?.Events ?? [])
        {
            yield return one;
        }

        yield return Event("ingestion", now, actor.Shown, string.IsNullOrWhiteSpace(request.Source) ? "accepted from quarantine" : $"accepted from quarantine; source: {request.Source.Trim()}");
    }

    /// <summary>What its scan found, as events have it.</summary>
    internal static string Words(Upload upload) => upload.ScanState switch
    {
        ScanState.Clean => "clean",
        ScanState.Infected => $"infected: {upload.ScanDetail}; let in by {upload.ScanOverride}",
        _ => $"not scanned: {upload.ScanDetail}",
    };
}
