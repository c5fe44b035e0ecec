using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Search;
using SQLitePCL;

namespace Preserve.Catalog.Sqlite;

/// <summary>Full text by FTS5. The index keeps which entry has which word in which column, and no text: that is in the rows.</summary>
/// <remarks>
/// Words come folded and parted by spaces, so the plainest tokenizer does: <c>ascii</c> takes every other character as part of a word. With
/// <c>detail=none</c> there are no phrases and no columns: FTS5 goes through all places of a word to find those of one column, so words of the title
/// and of names are kept once more behind a mark that no word has, and are found without what stands elsewhere.
/// </remarks>
internal sealed class SqliteSearchText : ISearchText
{
    private const string Definition =
        "CREATE VIRTUAL TABLE \"SearchText\" USING fts5(words, content='', contentless_delete=1, tokenize='ascii', detail='none', prefix='2 3')";

    // Of Unicode's private use, thus neither letter nor digit.
    private const char TitleMark = '\uE000';
    private const char NamesMark = '\uE001';

    public async Task BeforeMigrationAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        foreach (var name in await TriggersAsync(context, cancellationToken))
        {
            await ExecuteAsync(context, $"DROP TRIGGER \"{name}\"", cancellationToken);
        }
    }

    public async Task AfterMigrationAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        var kept = await context.Database.SqlQuery<string>($"SELECT sql AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name = 'SearchText'").ToListAsync(cancellationToken);
        if (kept is not [Definition])
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(context, "DROP TABLE IF EXISTS \"SearchText\"", cancellationToken);
            await ExecuteAsync(context, Definition, cancellationToken);
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

    public Task PutAsync(CatalogContext context, long entryId, SearchDocument document, CancellationToken cancellationToken)
    {
        var words = string.Join(' ', document.Title, document.Names, document.Rest, Marked(TitleMark, document.Title), Marked(NamesMark, document.Title), Marked(NamesMark, document.Names));
        return context.Database.ExecuteSqlAsync($"INSERT OR REPLACE INTO \"SearchText\" (rowid, words) VALUES ({entryId}, {words})", cancellationToken);
    }

    public Task RemoveAsync(CatalogContext context, long entryId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"DELETE FROM \"SearchText\" WHERE rowid = {entryId}", cancellationToken);

    public async Task<EntrySet> MatchAsync(CatalogContext context, IReadOnlyList<SearchTerm> terms, SearchFields fields, CancellationToken cancellationToken)
    {
        var mark = fields switch { SearchFields.Title => $"{TitleMark}", SearchFields.Names => $"{NamesMark}", _ => "" };
        var match = string.Join(" AND ", terms.Select(term => Term(term, mark)));
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            return Ids((SqliteConnection)context.Database.GetDbConnection(), match);
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    // Rows by the driver's own call: a frequent word has a hundred thousand, and a reader's care for each would cost more than finding them does.
    private static EntrySet Ids(SqliteConnection connection, string match)
    {
        var found = new EntrySet();
        var result = raw.sqlite3_prepare_v2(connection.Handle, "SELECT rowid FROM \"SearchText\" WHERE \"SearchText\" MATCH ?", out var statement);
        using (statement)
        {
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
            SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_text(statement, 1, match), connection.Handle);
            while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                found.Add(raw.sqlite3_column_int64(statement, 0));
            }
        }

        SqliteException.ThrowExceptionForRC(result, connection.Handle);
        return found;
    }

    private static string Term(SearchTerm term, string mark) =>
        $"({string.Join(" OR ", term.Near.Select(near => $"\"{mark}{near}\"").Prepend($"\"{mark}{term.Word}\"{(term.IsPrefix ? " *" : "")}"))})";

    private static string Marked(char mark, string words) => words.Length == 0 ? "" : $"{mark}{words.Replace(" ", $" {mark}", StringComparison.Ordinal)}";

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
