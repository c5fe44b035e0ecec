using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Search;

namespace Preserve.Catalog.PostgreSql;

/// <summary>Full text by <c>tsvector</c> and a GIN index, without an extension. Weight A is the title, B the names, C the rest.</summary>
/// <remarks>Words come folded, and are cast and not parsed: no dictionary, no language and no locale has a say.</remarks>
internal sealed class PostgreSqlSearchText : ISearchText
{
    // Altering a table does not touch its triggers here.
    public Task BeforeMigrationAsync(CatalogContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task AfterMigrationAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await CountAsync(context, "SELECT count(*) AS \"Value\" FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'SearchText'", cancellationToken) == 0)
        {
            await ExecuteAsync(context, "CREATE TABLE \"SearchText\" (\"EntryId\" bigint PRIMARY KEY, \"Words\" tsvector NOT NULL)", cancellationToken);
            await ExecuteAsync(context, "CREATE INDEX \"IX_SearchText_Words\" ON \"SearchText\" USING gin (\"Words\")", cancellationToken);
            await ExecuteAsync(context, SearchTrigger.AppendAll, cancellationToken);
        }

        var there = await context.Database
            .SqlQueryRaw<string>("SELECT t.tgname::text AS \"Value\" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal")
            .ToListAsync(cancellationToken);
        foreach (var trigger in SearchTrigger.All.Where(trigger => !there.Contains(trigger.Name)))
        {
            await ExecuteAsync(context, Function(trigger), cancellationToken);
            await ExecuteAsync(context,
                $"CREATE TRIGGER \"{trigger.Name}\" AFTER INSERT OR DELETE OR UPDATE OF {trigger.ColumnList} ON \"{trigger.Table}\" FOR EACH ROW EXECUTE FUNCTION \"{trigger.Name}\"()",
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public Task PutAsync(CatalogContext context, long entryId, SearchDocument document, CancellationToken cancellationToken)
    {
        var words = string.Join(' ', Weighed(document.Title, 'A').Concat(Weighed(document.Names, 'B')).Concat(Weighed(document.Rest, 'C')));
        return context.Database.ExecuteSqlAsync(
            $"INSERT INTO \"SearchText\" (\"EntryId\", \"Words\") VALUES ({entryId}, CAST({words} AS tsvector)) ON CONFLICT (\"EntryId\") DO UPDATE SET \"Words\" = EXCLUDED.\"Words\"",
            cancellationToken);
    }

    public Task RemoveAsync(CatalogContext context, long entryId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"DELETE FROM \"SearchText\" WHERE \"EntryId\" = {entryId}", cancellationToken);

    public async Task<EntrySet> MatchAsync(CatalogContext context, IReadOnlyList<SearchTerm> terms, SearchFields fields, CancellationToken cancellationToken)
    {
        var weights = fields switch { SearchFields.Title => "A", SearchFields.Names => "AB", _ => "" };
        var match = string.Join(" & ", terms.Select(term => Term(term, weights)));
        var found = new EntrySet();
        await foreach (var id in context.Database
            .SqlQuery<long>($"SELECT \"EntryId\" AS \"Value\" FROM \"SearchText\" WHERE \"Words\" @@ CAST({match} AS tsquery)")
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            found.Add(id);
        }

        return found;
    }

    // Words are letters and digits: nothing in them ends the quotation.
    private static IEnumerable<string> Weighed(string words, char weight) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"'{word}':1{weight}");

    private static string Term(SearchTerm term, string weights) =>
        $"({string.Join(" | ", term.Near.Select(near => Lexeme(near, weights)).Prepend(Lexeme(term.Word, (term.IsPrefix ? "*" : "") + weights)))})";

    private static string Lexeme(string word, string flags) => flags.Length == 0 ? $"'{word}'" : $"'{word}':{flags}";

    private static string Function(SearchTrigger trigger) =>
        $"""
         CREATE OR REPLACE FUNCTION "{trigger.Name}"() RETURNS trigger LANGUAGE plpgsql AS $due$
         BEGIN
           IF TG_OP <> 'DELETE' THEN {trigger.Append("NEW")} END IF;
           IF TG_OP <> 'INSERT' THEN {trigger.Append("OLD")} END IF;
           RETURN NULL;
         END $due$
         """;

    private static async Task<long> CountAsync(CatalogContext context, string sql, CancellationToken cancellationToken) =>
        (await context.Database.SqlQueryRaw<long>(sql).ToListAsync(cancellationToken))[0];

    private static Task<int> ExecuteAsync(CatalogContext context, string sql, CancellationToken cancellationToken) => context.Database.ExecuteSqlRawAsync(sql, cancellationToken);
}
