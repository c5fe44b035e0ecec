using System.Collections;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Rights;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Rights;

public abstract class RightsDeskTests(TestEngine engine)
{
    private const string InCopyright = "http://rightsstatements.org/vocab/InC/1.0/";
    private static readonly Actor Ada = new(Guid.NewGuid(), "ada", "curator");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Rights_by_every_basis_are_kept_in_order_with_the_address_as_its_maintainers_write_it()
    {
        await using var catalog = await OpenAsync();
        var desk = catalog.Get<RightsDesk>();
        RightsToState[] given =
        [
            new(RightsBasis.Copyright, "https://rightsstatements.org/page/InC/1.0", CopyrightStatus.Copyrighted, "DE", Terms: " Heirs unknown. "),
            new(RightsBasis.Licence, "http://creativecommons.org/licenses/by/4.0"),
            new(RightsBasis.Statute, null, null, "DE", "UrhG § 60e"),
            new(RightsBasis.Donor, Terms: "Reading room only."),
            new(RightsBasis.Other, Terms: "House policy."),
        ];

        Assert.Empty(await desk.StateAsync("game", given, Ada, Cancellation));
        Assert.Empty(await desk.StateAsync("game", given, Ada, Cancellation));
        Assert.Empty(await desk.StateAsync("game", [given[1], given[0]], Ada, Cancellation));

        var stated = await desk.ListAsync("game", Cancellation);
        Assert.Equal([(1, "https://creativecommons.org/licenses/by/4.0/"), (2, InCopyright)], stated.Select(one => (one.Order, one.Uri!)));
        Assert.Equal("Copyright: In Copyright; copyrighted; DE; Heirs unknown.", RightsWords.Of(stated[1]));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var details = await context.Events.OrderBy(one => one.Id).Select(one => one.Detail).ToListAsync(Cancellation);
        Assert.Equal(2, details.Count);
        Assert.Contains("Statute: UrhG § 60e; DE | Agreement with the donor: Reading room only.", details[0], StringComparison.Ordinal);
        Assert.Equal(2, await context.AuditEntries.CountAsync(one => one.Action == AuditAction.RightsStated, Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_wrong_is_told_by_number_and_nothing_is_changed()
    {
        await using var catalog = await OpenAsync();
        var desk = catalog.Get<RightsDesk>();

        var problems = await desk.StateAsync("game",
        [
            new(RightsBasis.Licence, "https://example.org/my-licence"),
            new(RightsBasis.Copyright, InCopyright),
            new(RightsBasis.Statute, Jurisdiction: "Germany"),
            new(RightsBasis.Licence, Jurisdiction: "DE", Citation: "§ 1", Terms: "x"),
            new(RightsBasis.Other),
        ], Ada, Cancellation);
        var many = await desk.StateAsync("game", [.. Enumerable.Repeat(new RightsToState(RightsBasis.Other, Terms: "x"), 21)], Ada, Cancellation);
        var nowhere = await desk.StateAsync("nothing", [new(RightsBasis.Other, Terms: "x")], Ada, Cancellation);

        Assert.Contains(problems, one => one.StartsWith("Statement 1: 'https://example.org/my-licence' is neither", StringComparison.Ordinal));
        Assert.Equal(2, problems.Count(one => one.StartsWith("Statement 2:", StringComparison.Ordinal)));
        Assert.Equal(3, problems.Count(one => one.StartsWith("Statement 3:", StringComparison.Ordinal)));
        Assert.Equal(2, problems.Count(one => one.StartsWith("Statement 4:", StringComparison.Ordinal)));
        Assert.Contains("Statement 5: it says nothing: give a URI or terms.", problems);
        Assert.Contains("at most 20", Assert.Single(many), StringComparison.Ordinal);
        Assert.Contains("no object 'nothing'", Assert.Single(nowhere), StringComparison.Ordinal);
        Assert.Empty(await desk.ListAsync("game", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task Whoever_states_rights_that_somebody_else_changes_meanwhile_is_told_so()
    {
        await using var catalog = await OpenAsync();
        var desk = catalog.Get<RightsDesk>();
        Assert.Empty(await desk.StateAsync("game", [new(RightsBasis.Other, Terms: "first")], Ada, Cancellation));
        var others = 0;
        var given = new Meanwhile([new RightsToState(RightsBasis.Other, Terms: "mine")],
            () => Task.Run(() => desk.StateAsync("game", [new(RightsBasis.Other, Terms: $"another's {++others}")], Ada, Cancellation), Cancellation));

        var problems = await desk.StateAsync("game", given, Ada, Cancellation);

        Assert.Contains("Somebody else has just stated the rights", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Equal($"another's {others}", Assert.Single(await desk.ListAsync("game", Cancellation)).Terms);
    }

    private async Task<TestCatalog> OpenAsync()
    {
        var catalog = await engine.CreateCatalogAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        context.Add(Samples.Object("game"));
        await context.SaveChangesAsync(Cancellation);
        return catalog;
    }

    // A list during each reading of which something else is done: the last reading comes after what was stated before has been read.
    private sealed class Meanwhile(IReadOnlyList<RightsToState> list, Func<Task> act) : IReadOnlyList<RightsToState>
    {
        public int Count => list.Count;

        public RightsToState this[int index] => list[index];

        public IEnumerator<RightsToState> GetEnumerator()
        {
            act().GetAwaiter().GetResult();
            return list.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

public sealed class RightsDeskOnSqlite() : RightsDeskTests(new SqliteEngine());

public sealed class RightsDeskOnPostgreSql(PostgreSqlCluster cluster) : RightsDeskTests(new PostgreSqlEngine(cluster));
