using System.Globalization;
using System.Text.RegularExpressions;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Database;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Events;
using Preserve.Catalog.Import;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Ingest.Bags;

/// <summary>
/// Makes a description out of what a bag says of itself: Dublin Core of its METS file first, then <c>bag-info.txt</c>. Contacts in there are
/// people and not taken over; the file itself is kept.
/// </summary>
internal sealed partial class BagDescription(QuarantinedBag bag, BagAnswer answer)
{
    /// <summary>Name of the medium with what is kept beside the content.</summary>
    public const string Beside = "bag";

    /// <summary>What its label says: a medium that a curator calls by the same name is content.</summary>
    public const string BesideLabel = "what came with the bag";

    private const string Loose = "files";

    /// <summary>More carriers than this are kept as one set of files.</summary>
    private const int MostCarriers = 200;

    private static readonly string Agent = ObjectVersions.Agent("ingest");

    public AcceptanceRequest ToRequest(DateTimeOffset now, string? objectId = null)
    {
        var title = First(Core("title"), Info("External-Description"), Info("External-Identifier"), bag.Name, "A bag");
        var id = First(objectId ?? "", Info("External-Identifier") is { Length: > 0 } identifier ? AcceptanceWords.SuggestId(identifier) : "", AcceptanceWords.SuggestId(title), "bag");
        return new AcceptanceRequest
        {
            ObjectId = id,
            Title = Line(title, ColumnLengths.Title),
            Date = Line(Core("date"), ColumnLengths.Word),
            Creators = [.. Cores("creator").Take(ManifestReader.MaximumCreators).Select(name => Line(name, ColumnLengths.Title))],
            Description = Text(string.Join("\n\n", new[] { Core("description"), Info("External-Description"), Info("Internal-Sender-Description") }.Where(text => text.Length > 0).Distinct()), ColumnLengths.Text),
            Rights = Text(string.Join('\n', Cores("rights")), ColumnLengths.Line),
            Source = Line(string.Join("; ", new[] { Core("source"), Info("Source-Organization"), Labelled("External-Identifier"), Labelled("Bagging-Date") }.Where(text => text.Length > 0)), ColumnLengths.Line),
            Media = Media(),
            Outside = Outside(id, now),
        };
    }

    private bool IsAip => answer.Mets is not null;

    private List<AcceptanceMedium> Media()
    {
        var content = bag.Files.Where(file => BagLayout.IsContent(file.Key, IsAip)).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value).ToList();
        var around = bag.Files.Where(file => !BagLayout.IsContent(file.Key, IsAip)).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value.Id).ToList();
        var loose = content.Where(one => MediumGuess.Kind(one.Name, one.LengthInBytes) == "files").ToList();
        var carriers = content.Except(loose).GroupBy(one => Folder(one) + MediumGuess.MediumName(one, content.Where(other => Folder(other) == Folder(one)))).ToList();
        if (carriers.Count > MostCarriers)
        {
            (loose, carriers) = (content, []);
        }

        var taken = new HashSet<string>(StringComparer.Ordinal) { Loose, Beside };
        var media = carriers.ConvertAll(group => Medium(Free(taken, group.Key[(group.Key.LastIndexOf('/') + 1)..]), group.First(), [.. group]));
        if (loose.Count > 0)
        {
            media.Add(new AcceptanceMedium { Name = Loose, Kind = "files", Format = "other", Files = [.. loose.Select(one => one.Id)] });
        }

        media.Add(new AcceptanceMedium { Name = Beside, Kind = "files", Format = "other", Label = BesideLabel, Files = around });
        return media;
    }

    private static string Folder(Upload upload) => upload.RelativePath[..^upload.Name.Length];

    // Disks of one name in two folders are two carriers.
    private static string Free(HashSet<string> taken, string name)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{Line(name, ColumnLengths.FileName / 4)} ({number})");
        }

        return free;
    }

    private static AcceptanceMedium Medium(string name, Upload first, IReadOnlyList<Upload> files) => new()
    {
        Name = name,
        Kind = MediumGuess.Kind(first.Name, first.LengthInBytes),
        Format = MediumGuess.Format(first.Name) is var format && AcceptanceWords.Formats.Contains(format) ? format : "other",
        Files = [.. files.Select(one => one.Id)],
    };

    private OutsideFacts Outside(string objectId, DateTimeOffset now)
    {
        var byPath = answer.Mets?.Files.Where(file => bag.Files.ContainsKey($"data/{file.Path}")).DistinctBy(file => file.Path).ToDictionary(file => $"data/{file.Path}") ?? [];
        return new OutsideFacts
        {
            OriginalNames = bag.Files.ToDictionary(
                file => file.Value.Id, file => Line(byPath.GetValueOrDefault(file.Key)?.OriginalName is { Length: > 0 } known ? Placeholder().Replace(known, "") : file.Key, ColumnLengths.Line)),
            Identifications = byPath.Where(file => file.Value.Formats.Count > 0)
                .ToDictionary(file => bag.Files[file.Key].Id, file => (IReadOnlyList<Identification>)[.. file.Value.Formats.Select(Identification)]),
            Events = [.. Before(objectId), Judged(objectId, now)],
            IsPackageTransport = true,
        };
    }

    private string MetsName => bag.Files.Keys.First(BagLayout.IsMets)["data/".Length..];

    private Identification Identification(Mets.MetsFormat format) => new()
    {
        Tool = Line(MetsName, ColumnLengths.Title),
        Method = Objects.Identification.Stated,
        Puid = format.Puid.Length <= 32 && format.Puid.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-') ? format.Puid : "",
        FormatName = Line(format.Name, ColumnLengths.Title),
        FormatVersion = Line(format.Version, ColumnLengths.Title),
    };

    private IEnumerable<PreservationEvent> Before(string objectId) => (answer.Mets?.Events ?? []).Select(one => new PreservationEvent
    {
        Type = Line(one.Type, ColumnLengths.Word),
        ObjectId = objectId,
        OccurredAt = one.OccurredAt,
        Agent = Line(one.Agent.Length > 0 ? one.Agent : "agent not named", ColumnLengths.Title),
        Outcome = one.IsSuccess ? "success" : "failure",
        Detail = Text($"{(one.Path.Length > 0 ? $"{one.Path}: " : "")}{one.Detail} (stated by {MetsName})", ColumnLengths.Text),
    });

    private PreservationEvent Judged(string objectId, DateTimeOffset now)
    {
        var differing = (answer.Mets?.Files ?? []).Count(file => file.Sha256.Length > 0 && bag.Files.TryGetValue($"data/{file.Path}", out var upload) && upload.Sha256 != file.Sha256);
        var words = string.Create(CultureInfo.InvariantCulture,
            $"valid by BagIt {answer.Version}: {bag.Files.Keys.Count(BagLayout.IsPayload)} payload files, digests of its manifests compared with those made when it came in");
        var left = answer.Mets is { } mets
            ? $"; {MetsName}: {mets.Files.Count} files, {mets.Events.Count} events{(differing > 0 ? $", {differing} files have another SHA-256 there" : "")}{string.Concat(mets.LeftOut.Select(one => $"; left out: {one}"))}"
            : answer.MetsProblem.Length > 0 ? $"; the METS file was not read: {answer.MetsProblem}" : "";
        return new PreservationEvent
        {
            Type = "validation", ObjectId = objectId, OccurredAt = now.ToUnixTimeMilliseconds(), Agent = Agent,
            Outcome = differing == 0 && answer.MetsProblem.Length == 0 ? "success" : "failure", Detail = Text(words + left, ColumnLengths.Text),
        };
    }

    private string Core(string name) => Cores(name).FirstOrDefault() ?? "";

    private IEnumerable<string> Cores(string name) => answer.Mets?.DublinCore.Where(one => one.Name == name).Select(one => one.Value) ?? [];

    private string Info(string label) => answer.Info.FirstOrDefault(line => line.Label.Equals(label, StringComparison.OrdinalIgnoreCase))?.Value ?? "";

    private string Labelled(string label) => Info(label) is { Length: > 0 } value ? $"{label}: {value}" : "";

    private static string First(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Trim().Length > 0)
            {
                return text.Trim();
            }
        }

        return "";
    }

    private static string Line(string text, int length) => Text(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)), length);

    private static string Text(string text, int length) =>
        ColumnLengths.Fit(string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\r' or '\t')).Trim(), length);

    // Archivematica writes where a transfer lay as %transferDirectory%.
    [GeneratedRegex("^%[A-Za-z]{1,40}%", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
