using Preserve.Catalog.Ingest;

namespace Preserve.Web.Curate;

/// <summary>What a curator types about uploads before they become an object.</summary>
public sealed class Description
{
    public string ObjectId { get; set; } = "";

    public string Title { get; set; } = "";

    public string Date { get; set; } = "";

    /// <summary>Separated by semicolons.</summary>
    public string Creators { get; set; } = "";

    public string Rights { get; set; } = "";

    public string Source { get; set; } = "";

    public string Words { get; set; } = "";

    public List<DescribedFile> Files { get; } = [];

    /// <summary>What came with the files; null where nothing did.</summary>
    public OutsideFacts? Outside { get; private init; }

    /// <summary>As a bag describes itself.</summary>
    public static Description Of(AcceptanceRequest request, IReadOnlyDictionary<Guid, Upload> uploads)
    {
        var description = new Description
        {
            ObjectId = request.ObjectId, Title = request.Title, Date = request.Date, Creators = string.Join("; ", request.Creators), Rights = request.Rights,
            Source = request.Source, Words = request.Description, Outside = request.Outside,
        };
        description.Files.AddRange(request.Media.SelectMany(medium => medium.Files.Select(id => new DescribedFile(uploads[id])
        {
            Medium = medium.Name, Kind = medium.Kind, Format = medium.Format, Label = medium.Label,
        })));
        return description;
    }

    /// <summary>With guesses for all that can be guessed.</summary>
    public static Description Of(IReadOnlyCollection<Upload> uploads)
    {
        var description = new Description();
        description.Files.AddRange(uploads.OrderBy(upload => upload.RelativePath, StringComparer.OrdinalIgnoreCase).Select(upload => new DescribedFile(upload)
        {
            Medium = MediumGuess.MediumName(upload, uploads),
            Kind = MediumGuess.Kind(upload.Name, upload.LengthInBytes),
            Format = MediumGuess.Format(upload.Name),
        }));
        return description;
    }

    public AcceptanceRequest ToRequest() => new()
    {
        ObjectId = ObjectId.Trim(),
        Title = Title,
        Date = Date,
        Creators = Creators.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        Description = Words,
        Rights = Rights,
        Source = Source,
        Outside = Outside,
        Media = [.. Files.GroupBy(file => file.Medium.Trim()).Select(medium => new AcceptanceMedium
        {
            Name = medium.Key,
            Kind = medium.First().Kind,
            Format = medium.First().Format,
            Label = medium.First().Label,
            Files = [.. medium.Select(file => file.Upload.Id)],
        })],
    };

    /// <summary>Files are kept in the order of the list.</summary>
    public void MoveUp(DescribedFile file)
    {
        var at = Files.IndexOf(file);
        if (at > 0)
        {
            (Files[at - 1], Files[at]) = (file, Files[at - 1]);
        }
    }
}

/// <summary>One upload of a description. Files of the same medium name are one carrier, described by the first.</summary>
public sealed class DescribedFile(Upload upload)
{
    public Upload Upload => upload;

    public string Medium { get; set; } = "";

    public string Kind { get; set; } = "files";

    public string Format { get; set; } = "other";

    public string Label { get; set; } = "";
}
