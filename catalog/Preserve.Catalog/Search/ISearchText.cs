namespace Preserve.Catalog.Search;

/// <summary>The engine's own full-text index, and the triggers that say what is due to be indexed. Each engine has its own way.</summary>
public interface ISearchText
{
    /// <summary>Takes the triggers away: a migration that makes a table anew would trip over them.</summary>
    Task BeforeMigrationAsync(CatalogContext context, CancellationToken cancellationToken);

    /// <summary>Makes what is missing: the index, whereupon everything is due, and the triggers.</summary>
    Task AfterMigrationAsync(CatalogContext context, CancellationToken cancellationToken);

    /// <summary>Puts or replaces the words of an entry, one space between words.</summary>
    Task PutAsync(CatalogContext context, long entryId, SearchDocument document, CancellationToken cancellationToken);

    Task RemoveAsync(CatalogContext context, long entryId, CancellationToken cancellationToken);

    /// <summary>Ids of the entries that have all the words there. Nobody's rights are looked at.</summary>
    Task<EntrySet> MatchAsync(CatalogContext context, IReadOnlyList<SearchTerm> terms, SearchFields fields, CancellationToken cancellationToken);
}
