namespace Preserve.Catalog.Search;

/// <summary>Where words are looked for. Each contains the one before it.</summary>
public enum SearchFields
{
    /// <summary>The title.</summary>
    Title,

    /// <summary>Title, creators, identifiers and date.</summary>
    Names,

    /// <summary>Label text, description, what is written on media, names of files and formats, machines as well.</summary>
    All,
}
