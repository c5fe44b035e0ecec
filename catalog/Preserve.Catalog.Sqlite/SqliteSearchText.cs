using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Search;

namespace Preserve.Catalog.Sqlite;

/// <summary>Full text by FTS5. The index keeps which entry has which word in which column, and no text: that is in the rows.</summary>
/// <remarks>
/// Words come folded and parted by spaces, so the plainest tokenizer does: <c>ascii</c> takes every other character as part of a word.
/// With <c>detail=column</c> there are no phrases, and none is ever asked for.
/// </remarks>
internal sealed class SqliteSearchText : ISearchText
{
    public async Task BeforeMigrationAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        foreach (var name in await TriggersAsync(context, cancellationToken))
        {
            await ExecuteAsync(context, $"DROP TRIGGER \"{name}\"", cancellationToken);
        }
    }

    public async Task AfterMigrationAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        var isThere = (await context.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name = 'SearchText'").ToListAsync(cancellationToken))[0] > 0;
        if (!isThere)
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(context,
                "CREATE VIRTUAL TABLE \"SearchText\" USING fts5(title, names, rest, content='', contentless_delete=1, tokenize='ascii', detail='column', prefix='2 3')",
                cancellationToken);
            await ExecuteAsync(context, SearchTrigger.AppendAll, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        var wanted = SearchTrigger.All.SelectMany(Statements).ToList();
        if (!(await TriggersAsync(context, cancellationToken)).ToHashSet(StringComparer.Ordinal).SetEquals(wanted.Select(one => one.Name)))
        {
            await BeforeMigrationAsync(context, cancellationToken);
            foreach (var (_, sql) in wanted)
            {
                await ExecuteAsync(context, sql, cancellationToken);
            }
        }
    }

    public Task PutAsync(CatalogContext context, long entryId, SearchDocument document, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"INSERT OR REPLACE INTO \"SearchText\" (rowid, title, names, rest) VALUES ({entryId}, {document.Title}, {document.Names}, {document.Rest})", cancellationToken);

    public Task RemoveAsync(CatalogContext context, long entryId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"DELETE FROM \"SearchText\" WHERE rowid = {entryId}", cancellationToken);

    public async Task<List<long>> MatchAsync(CatalogContext context, IReadOnlyList<SearchTerm> terms, SearchFields fields, CancellationToken cancellationToken)
    {
        var words = string.Join(" AND ", terms.Select(Term));
        var match = fields switch
        {
            SearchFields.Title => $"{{title}} : ({words})",
            SearchFields.Names => $"{{title names}} : ({words})",
            _ => words,
        };

        // One row for all: a row each would cost more than finding them does.
        var ids = (await context.Database
            .SqlQuery<string>($"SELECT COALESCE(group_concat(rowid, ' '), '') AS \"Value\" FROM \"SearchText\" WHERE \"SearchText\" MATCH {match}")
            .ToListAsync(cancellationToken))[0];
        return Numbers(ids);
    }

    private static List<long> Numbers(string ids)
    {
        var numbers = new List<long>();
        foreach (var part in ids.AsSpan().Split(' '))
        {
            if (!ids.AsSpan(part).IsEmpty)
            {
                numbers.Add(long.Parse(ids.AsSpan(part), CultureInfo.InvariantCulture));
            }
        }

        return numbers;
    }

    private static string Term(SearchTerm term) =>
        $"({string.Join(" OR ", term.Near.Select(near => $"\"{near}\"").Prepend($"\"{term.Word}\"{(term.IsPrefix ? " *" : "")}"))})";

    private static IEnumerable<(string Name, string Sql)> Statements(SearchTrigger trigger)
    {
        yield return Statement(trigger, "insert", "INSERT", "NEW");
        yield return Statement(trigger, "update", $"UPDATE OF {trigger.ColumnList}", "OLD", "NEW");
        yield return Statement(trigger, "delete", "DELETE", "OLD");
    }

    private static (string Name, string Sql) Statement(SearchTrigger trigger, string act, string happening, params string[] rows)
    {
        var name = $"{trigger.Name}_{act}";
        return (name, $"CREATE TRIGGER \"{name}\" AFTER {happening} ON \"{trigger.Table}\" BEGIN {string.Join(' ', rows.Select(trigger.Append))} END");
    }

    private static Task<List<string>> TriggersAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        var pattern = SearchTrigger.Prefix + "*";
        return context.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger' AND name GLOB {pattern}").ToListAsync(cancellationToken);
    }

    private static Task<int> ExecuteAsync(CatalogContext context, string sql, CancellationToken cancellationToken) => context.Database.ExecuteSqlRawAsync(sql, cancellationToken);
}
