namespace Preserve.Catalog.Search;

/// <summary>An object or an exhibit as search knows it: derived from their rows by <see cref="SearchIndexer"/>, and by nobody else.</summary>
public sealed class SearchEntry
{
    public long Id { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>Null for the entry of the object itself.</summary>
    public long? ExhibitId { get; init; }

    /// <summary>Id of the object, slug of the exhibit.</summary>
    public required string Name { get; set; }

    /// <summary>By which it is ordered: the title's words, cut to <see cref="LongestTitle"/>.</summary>
    public required string Title { get; set; }

    public int? Year { get; set; }

    /// <summary>UTC milliseconds at which it was brought in.</summary>
    public long CreatedAt { get; set; }

    /// <summary>Each <c>kind TAB value TAB label</c>.</summary>
    public List<string> Facets { get; set; } = [];

    /// <summary>Version of the index at which it was written last.</summary>
    public long Stamp { get; set; }

    /// <summary>The exhibit is gone; the row stays, so that whoever holds entries in memory hears of it.</summary>
    public bool IsGone { get; set; }

    public const int LongestTitle = 80;
}

/// <summary>An object whose entries are due. Appended by triggers with the change itself, taken away by whoever has indexed it.</summary>
public sealed class SearchDue
{
    public long Id { get; init; }

    public required string ObjectId { get; init; }
}

/// <summary>The version of the index: one row.</summary>
public sealed class SearchState
{
    public const int OnlyId = 1;

    public int Id { get; init; }

    /// <summary>Grows by one with each transaction that writes entries, in the order of their commits.</summary>
    public long Version { get; set; }
}

/// <summary>A word that occurs somewhere, for slips of the finger.</summary>
public sealed class SearchWord
{
    public required string Word { get; init; }

    /// <summary>Its first character.</summary>
    public required string First { get; init; }

    public required int Length { get; init; }
}
