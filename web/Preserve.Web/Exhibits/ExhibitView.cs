using Preserve.Catalog.Access;

namespace Preserve.Web.Exhibits;

/// <summary>An exhibit as the gallery, its page and the API show it. Every text is the catalog's own: to be encoded, never trusted.</summary>
public sealed record ExhibitView
{
    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<string> Creators { get; init; }

    /// <summary>As the curator wrote it.</summary>
    public required string Date { get; init; }

    /// <summary>Its media in words, such as "one 1.44 MB floppy disk".</summary>
    public required string Medium { get; init; }

    /// <summary>What a drawing shows where there is no poster.</summary>
    public required MediumFamily Family { get; init; }

    /// <summary>What is written on the first medium; may be empty.</summary>
    public required string MediumLabel { get; init; }

    /// <summary>Each machine in words.</summary>
    public required IReadOnlyList<string> Machines { get; init; }

    /// <summary>Guest memory of the first machine.</summary>
    public required int MemoryMiB { get; init; }

    /// <summary>Markdown without HTML.</summary>
    public required string LabelText { get; init; }

    public required IReadOnlyList<string> TryThis { get; init; }

    public required string Rights { get; init; }

    /// <summary>Where the object came from.</summary>
    public required string Source { get; init; }

    public required string Sound { get; init; }

    public required TimeSpan TimeLimit { get; init; }

    public required AccessRule Rule { get; init; }

    /// <summary>The rule in words; empty in lists.</summary>
    public string WhoMayUseIt { get; init; } = "";

    public required bool Flashes { get; init; }

    /// <summary>Null while there is none.</summary>
    public required PosterView? Poster { get; init; }

    public required IReadOnlyList<string> EnvironmentIds { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>A medium in one of its machines is damaged in storage: it cannot be started until that is repaired.</summary>
    public bool IsDamaged { get; init; }

    public Era Era => Era.Of(Date);

    /// <summary>Names as a label has them; "unknown maker" for none.</summary>
    public string Maker => Creators.Count switch
    {
        0 => "unknown maker",
        1 => Creators[0],
        _ => string.Join(", ", Creators.SkipLast(1)) + " and " + Creators[^1],
    };

    /// <summary>Maker and date, as a label has them.</summary>
    public string Credit => Date.Length > 0 ? $"{Maker}, {Date}" : Maker;
}

/// <summary>A poster and the size it has on the wall.</summary>
/// <param name="Sha256">Digest of the PNG.</param>
/// <param name="Width">Of the picture, in guest pixels.</param>
/// <param name="Height">Of the picture, in guest pixels.</param>
/// <param name="Scale">Whole number of screen pixels to a guest pixel across.</param>
/// <param name="ShownWidth">In CSS pixels.</param>
/// <param name="ShownHeight">In CSS pixels, in the machine's own pixel aspect.</param>
public sealed record PosterView(string Sha256, int Width, int Height, int Scale, int ShownWidth, int ShownHeight)
{
    /// <summary>What a mount is made for: twice a 320-pixel screen, once a 640-pixel one.</summary>
    private const int MountWidth = 640;

    /// <summary>Hangs a picture at the largest whole scale that fits the mount; a wider one at one to one.</summary>
    /// <param name="sha256">Digest of the PNG.</param>
    /// <param name="width">In guest pixels, at least 1.</param>
    /// <param name="height">In guest pixels, at least 1.</param>
    /// <param name="pixelAspect">Width of a guest pixel over its height.</param>
    public static PosterView Hang(string sha256, int width, int height, double pixelAspect)
    {
        var scale = Math.Max(1, MountWidth / width);
        return new PosterView(sha256, width, height, scale, width * scale, (int)Math.Round(height * scale / pixelAspect));
    }
}
