using System.Text.RegularExpressions;
using Preserve.Catalog.Database;
using Preserve.Catalog.Import;

namespace Preserve.Catalog.Ingest;

/// <summary>Checks a request by itself: bounds and words. What the catalog and the quarantine have is looked at by <see cref="Acceptance"/>.</summary>
internal static partial class AcceptanceCheck
{
    public static ProblemList Check(AcceptanceRequest request)
    {
        var problems = new ProblemList();
        if (!Id().IsMatch(request.ObjectId))
        {
            problems.Add("id", $"\"{ManifestEntry.Shorten(request.ObjectId)}\" is not 1 to 64 of a-z, 0-9 and -");
        }

        if (string.IsNullOrWhiteSpace(request.Title))
        {
            problems.Add("title", "is missing");
        }

        CheckText(problems, "title", request.Title, ColumnLengths.Title, isLine: true);
        CheckText(problems, "date", request.Date, ColumnLengths.Word, isLine: true);
        CheckText(problems, "description", request.Description, ColumnLengths.Text, isLine: false);
        CheckText(problems, "rights", request.Rights, ColumnLengths.Line, isLine: false);
        CheckText(problems, "source", request.Source, ColumnLengths.Line, isLine: false);
        if (request.Creators.Count > ManifestReader.MaximumCreators)
        {
            problems.Add("creators", $"are more than {ManifestReader.MaximumCreators}");
        }

        foreach (var creator in request.Creators)
        {
            CheckText(problems, "creators", creator, ColumnLengths.Title, isLine: true);
        }

        CheckMedia(problems, request.Media);
        return problems;
    }

    private static void CheckMedia(ProblemList problems, IReadOnlyList<AcceptanceMedium> media)
    {
        if (media.Count is 0 or > ManifestReader.MaximumMedia)
        {
            problems.Add("media", $"are {media.Count}; an object has 1 to {ManifestReader.MaximumMedia}");
        }

        foreach (var medium in media)
        {
            var entry = $"medium \"{ManifestEntry.Shorten(medium.Name)}\"";
            if (UploadName.Problem(medium.Name) is not null || medium.Name.Contains('/', StringComparison.Ordinal))
            {
                problems.Add(entry, "is not called by a plain file name");
            }

            if (!AcceptanceWords.IsKind(medium.Kind))
            {
                problems.Add(entry, $"kind \"{ManifestEntry.Shorten(medium.Kind)}\" is none of {string.Join(", ", AcceptanceWords.Kinds)}");
            }

            if (!AcceptanceWords.Formats.Contains(medium.Format))
            {
                problems.Add(entry, $"format \"{ManifestEntry.Shorten(medium.Format)}\" is none of {string.Join(", ", AcceptanceWords.Formats)}");
            }

            if (medium.Files.Count == 0)
            {
                problems.Add(entry, "has no file");
            }

            CheckText(problems, entry, medium.Label, ColumnLengths.Title, isLine: true);
        }

        foreach (var twice in media.CountBy(medium => medium.Name).Where(count => count.Value > 1))
        {
            problems.Add($"medium \"{ManifestEntry.Shorten(twice.Key)}\"", "is there twice; the media of an object have different names");
        }

        foreach (var twice in media.SelectMany(medium => medium.Files).CountBy(id => id).Where(count => count.Value > 1))
        {
            problems.Add("media", $"the upload {twice.Key} is chosen twice");
        }
    }

    private static void CheckText(ProblemList problems, string entry, string text, int maximumLength, bool isLine)
    {
        if (text.Length > maximumLength)
        {
            problems.Add(entry, $"is longer than {maximumLength} characters");
        }

        if (text.Any(c => char.IsControl(c) && (isLine || c is not ('\n' or '\r' or '\t'))))
        {
            problems.Add(entry, "holds control characters");
        }
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
