using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Preserve.Catalog.Import;

namespace Preserve.Catalog.Ingest;

/// <summary>A file of a medium in a sheet.</summary>
/// <param name="Path">Relative, with <c>/</c>.</param>
/// <param name="Sha256">What the sheet says, lower-case; empty for nothing.</param>
/// <param name="Row">For messages, such as <c>row 12</c>.</param>
public sealed record BatchFile(string Path, string Sha256, string Row);

/// <summary>An object of a sheet, with the files of each medium still by path: <see cref="AcceptanceMedium.Files"/> is empty.</summary>
public sealed record BatchObject(AcceptanceRequest Description, IReadOnlyList<IReadOnlyList<BatchFile>> Files);

/// <summary>
/// Reads the sheet that describes a folder (docs/ingest.md): one row a file. Rows of the same <c>object</c> are one object, of the same
/// <c>medium</c> one carrier, in the order of the rows.
/// </summary>
public static class BatchSheet
{
    public const int MaximumRows = 20_000;
    public const int MaximumLengthInBytes = 16 * 1024 * 1024;

    private static readonly string[] _columns =
        ["object", "title", "date", "creators", "description", "rights", "source", "medium", "kind", "format", "label", "file", "sha256"];

    private static readonly string[] _required = ["object", "title", "kind", "file"];

    /// <summary>All objects, or all problems.</summary>
    public static (IReadOnlyList<BatchObject> Objects, IReadOnlyList<string> Problems) Read(TextReader text)
    {
        var problems = new ProblemList();
        var rows = ReadRows(text, problems);
        var objects = rows.GroupBy(row => row["object"]).Select(group => Create(group.Key, [.. group], problems)).ToList();
        foreach (var one in objects)
        {
            Check(one, problems);
        }

        foreach (var twice in objects.SelectMany(one => one.Files).SelectMany(files => files).GroupBy(file => file.Path).Where(group => group.Count() > 1))
        {
            problems.Add(twice.Last().Row, $"file \"{ManifestEntry.Shorten(twice.Key)}\" is in {twice.First().Row} already");
        }

        return (problems.IsEmpty ? objects : [], problems.Texts);
    }

    private static List<Dictionary<string, string>> ReadRows(TextReader text, ProblemList problems)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
            BadDataFound = null,
            MissingFieldFound = null,
            TrimOptions = TrimOptions.Trim,
        };
        using var csv = new CsvReader(text, configuration);
        var rows = new List<Dictionary<string, string>>();
        if (!csv.Read() || !csv.ReadHeader())
        {
            problems.Add("sheet", "is empty; its first row names the columns");
            return rows;
        }

        var header = csv.HeaderRecord!.Select(name => name.Trim().ToLowerInvariant()).ToList();
        foreach (var unknown in header.Where(name => !_columns.Contains(name)))
        {
            problems.Add("sheet", $"column \"{ManifestEntry.Shorten(unknown)}\" is none of {string.Join(", ", _columns)}");
        }

        foreach (var missing in _required.Where(name => !header.Contains(name)))
        {
            problems.Add("sheet", $"column \"{missing}\" is missing");
        }

        while (csv.Read())
        {
            if (rows.Count >= MaximumRows)
            {
                problems.Add("sheet", $"has more than {MaximumRows} rows");
                break;
            }

            var row = _columns.ToDictionary(name => name, name => header.Contains(name) ? csv.GetField(name) ?? "" : "");
            row["row"] = string.Create(CultureInfo.InvariantCulture, $"row {csv.Parser.Row}");
            rows.Add(row);
        }

        return rows;
    }

    private static BatchObject Create(string id, List<Dictionary<string, string>> rows, ProblemList problems)
    {
        string One(string column)
        {
            var values = rows.Select(row => row[column]).Where(value => value.Length > 0).Distinct().ToList();
            if (values.Count > 1)
            {
                problems.Add($"object \"{ManifestEntry.Shorten(id)}\"", $"has different texts for {column} in its rows; give it once");
            }

            return values.FirstOrDefault() ?? "";
        }

        var media = rows.GroupBy(row => row["medium"].Length > 0 ? row["medium"] : LastName(row["file"])).ToList();
        return new BatchObject(
            new AcceptanceRequest
            {
                ObjectId = id,
                Title = One("title"),
                Date = One("date"),
                Creators = One("creators").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                Description = One("description"),
                Rights = One("rights"),
                Source = One("source"),
                Media = [.. media.Select(medium => CreateMedium(medium.Key, [.. medium]))],
            },
            [.. media.Select(medium => (IReadOnlyList<BatchFile>)[.. medium.Select(row => new BatchFile(row["file"], row["sha256"].ToLowerInvariant(), row["row"]))])]);
    }

    private static AcceptanceMedium CreateMedium(string name, List<Dictionary<string, string>> rows) => new()
    {
        Name = name,
        Kind = First(rows, "kind"),
        Format = First(rows, "format") is { Length: > 0 } format ? format : "raw",
        Label = First(rows, "label"),
        // Placeholders, so that the check sees how many there are; the uploads come later.
        Files = [.. rows.Select(_ => Guid.NewGuid())],
    };

    private static void Check(BatchObject one, ProblemList problems)
    {
        foreach (var problem in AcceptanceCheck.Check(one.Description).Texts)
        {
            problems.Add($"object \"{ManifestEntry.Shorten(one.Description.ObjectId)}\"", problem);
        }

        foreach (var file in one.Files.SelectMany(files => files))
        {
            if (UploadName.Problem(file.Path) is { } problem)
            {
                problems.Add(file.Row, $"file: {problem}");
            }

            if (file.Sha256.Length > 0 && (file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigit)))
            {
                problems.Add(file.Row, "sha256 is not 64 hexadecimal digits");
            }
        }
    }

    private static string First(List<Dictionary<string, string>> rows, string column) => rows.Select(row => row[column]).FirstOrDefault(value => value.Length > 0) ?? "";

    private static string LastName(string path) => path[(path.LastIndexOf('/') + 1)..];
}
