using System.Reflection;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Database;
using Preserve.Catalog.Events;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Examinations;

/// <summary>What an examination leaves in the catalog: identifications, and events in PREMIS's terms.</summary>
internal static class ExaminationRecord
{
    // Terms of id.loc.gov/vocabulary/preservation/eventType.
    private const string FormatIdentification = "format identification";
    private const string MetadataExtraction = "metadata extraction";

    private static readonly string s_agent =
        $"preserve {typeof(ExaminationRecord).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    public static IEnumerable<Identification> Identifications(FileToExamine file, MediumCharacterisation found) =>
        found.Identification.Matches.Select(match => new Identification
        {
            StoredFileId = file.Id,
            Tool = s_agent,
            SignatureVersion = ColumnLengths.Fit(found.Identification.SignatureVersion, ColumnLengths.Word),
            Method = match.Method.ToString().ToLowerInvariant(),
            Puid = match.Puid ?? "",
            FormatName = ColumnLengths.Fit(match.Name, ColumnLengths.Title),
            FormatVersion = ColumnLengths.Fit(match.Version, ColumnLengths.Title),
            MimeType = ColumnLengths.Fit(match.MimeType, ColumnLengths.Title),
        });

    public static IEnumerable<PreservationEvent> Events(FileToExamine file, string objectId, MediumCharacterisation found, long now)
    {
        var formats = found.Identification.Matches.Count == 0
            ? "no known format"
            : string.Join("; ", found.Identification.Matches.Select(Words));
        yield return Event(file, objectId, FormatIdentification, $"{s_agent}, {found.Identification.SignatureVersion}", true, formats, now);
        yield return Event(file, objectId, MetadataExtraction, s_agent, found.Problems.Count == 0, Summary(found), now);
    }

    public static PreservationEvent Failure(FileToExamine file, string objectId, string problem, long now) =>
        Event(file, objectId, MetadataExtraction, s_agent, false, problem, now);

    private static string Words(FormatMatch match) =>
        $"{match.Puid ?? "no PUID"} {match.Name}{(match.Version.Length == 0 ? "" : " " + match.Version)} (by {match.Method.ToString().ToLowerInvariant()})";

    private static string Summary(MediumCharacterisation found)
    {
        var volumes = found.Volumes.Select(volume => volume.Label.Length == 0 ? volume.FileSystem : $"{volume.FileSystem} \"{volume.Label}\"");
        var words = new List<string> { $"{found.Partitions.Count} partitions, {found.Volumes.Count} file systems" };
        words.AddRange(volumes);
        words.AddRange(found.Problems);
        return string.Join("; ", words);
    }

    private static PreservationEvent Event(
        FileToExamine file, string objectId, string type, string agent, bool isSuccess, string detail, long now) => new()
        {
            Type = type,
            ObjectId = objectId,
            OccurredAt = now,
            Agent = ColumnLengths.Fit(agent, ColumnLengths.Title),
            Outcome = isSuccess ? "success" : "failure",
            Detail = ColumnLengths.Fit($"{file.Name} ({file.Sha256}): {detail}", ColumnLengths.Text),
        };
}
