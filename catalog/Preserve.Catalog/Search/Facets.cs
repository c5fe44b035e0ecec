namespace Preserve.Catalog.Search;

/// <summary>By what results are divided and narrowed.</summary>
public enum FacetKind
{
    /// <summary>Decade, such as <c>1980</c>, or <see cref="Facet.Undated"/>.</summary>
    Era,

    /// <summary>Architecture of the machine, such as <c>i386</c>.</summary>
    Platform,

    Creator,

    /// <summary>PUID, or the name of a format that has none.</summary>
    Format,

    /// <summary>How an object stands; for curators.</summary>
    State,

    /// <summary>Why its exhibits may be shown; for curators.</summary>
    Rights,
}

/// <summary>A value of a facet with how many results have it.</summary>
/// <param name="Value">As filters name it.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Count">Results that have it, and every filter of other kinds.</param>
public sealed record FacetCount(string Value, string Label, int Count);

/// <summary>A value of a facet.</summary>
public readonly record struct Facet(FacetKind Kind, string Value, string Label)
{
    public const string Undated = "undated";

    /// <summary>Most characters of a value, and of a label.</summary>
    public const int Longest = 200;

    /// <summary>Kinds that say how the house stands to an object: shown to curators alone.</summary>
    public static bool IsForCurators(FacetKind kind) => kind is FacetKind.State or FacetKind.Rights;

    public static Facet OfYear(int? year) => year is { } known
        ? new Facet(FacetKind.Era, $"{known / 10 * 10}", $"{known / 10 * 10}s")
        : new Facet(FacetKind.Era, Undated, "Undated");

    /// <summary>As <see cref="SearchEntry.Facets"/> has it.</summary>
    public string Write() => $"{Kind}\t{Plain(Value)}\t{Plain(Label)}";

    public static Facet Read(string text)
    {
        var parts = text.Split('\t');
        return new Facet(Enum.Parse<FacetKind>(parts[0]), parts[1], parts[2]);
    }

    private static string Plain(string text)
    {
        var one = string.Concat(text.Where(letter => !char.IsControl(letter))).Trim();
        return SearchWords.Cut(one, Longest);
    }
}
