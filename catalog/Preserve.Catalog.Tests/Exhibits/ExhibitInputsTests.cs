using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Exhibits;

public abstract class ExhibitInputsTests(TestEngine engine)
{
    private static readonly ExhibitInput s_own = new()
    {
        Keyboard = "xt",
        QuickKeys = [new QuickKey("Help", "F1"), new QuickKey("Stop: now", "Ctrl+C")],
        Gamepad = new GamepadMap("mouse", [GamepadMap.MouseLeft, "", "Ctrl+Alt+Delete"]),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Input_is_kept_as_it_was_set_with_one_event_and_setting_it_again_changes_nothing()
    {
        await using var catalog = await ExhibitAsync();
        var inputs = catalog.Get<ExhibitInputs>();
        Assert.Empty((await inputs.FindAsync("show", Cancellation))!.QuickKeys);

        Assert.Empty(await inputs.SetAsync(Actor.CommandLine, "show", s_own, Cancellation));
        Assert.Empty(await inputs.SetAsync(Actor.CommandLine, "show", s_own, Cancellation));

        var found = (await inputs.FindAsync("show", Cancellation))!;
        Assert.Equal(("xt", "mouse"), (found.Keyboard, found.Gamepad!.Stick));
        Assert.Equal(s_own.QuickKeys, found.QuickKeys);
        Assert.Equal(s_own.Gamepad!.Buttons, found.Gamepad.Buttons);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Contains("input of the exhibit show: 2 quick keys", (await context.Events.SingleAsync(Cancellation)).Detail, StringComparison.Ordinal);
        Assert.Equal(1, await context.AuditEntries.CountAsync(one => one.Action == AuditAction.ExhibitInputChanged, Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_cannot_be_is_refused_with_every_reason_and_changes_nothing()
    {
        await using var catalog = await ExhibitAsync();
        var inputs = catalog.Get<ExhibitInputs>();
        var wrong = new ExhibitInput
        {
            Keyboard = "qwerty",
            QuickKeys = [.. Enumerable.Repeat(new QuickKey("", "Ctrl+Nonsense"), ExhibitInput.MostQuickKeys + 1)],
            Gamepad = new GamepadMap("wheel", [.. Enumerable.Repeat("F1", ExhibitInput.MostButtons + 1)]),
        };

        var problems = await inputs.SetAsync(Actor.CommandLine, "show", wrong, Cancellation);

        foreach (var words in new[] { "\"xt\"", "13 quick keys", "label", "Ctrl+Nonsense", "The stick", "18 are named" })
        {
            Assert.Contains(problems, problem => problem.Contains(words, StringComparison.Ordinal));
        }

        Assert.Empty((await inputs.FindAsync("show", Cancellation))!.QuickKeys);
        Assert.Contains("no exhibit", Assert.Single(await inputs.SetAsync(Actor.CommandLine, "nothing", s_own, Cancellation)), StringComparison.Ordinal);
        Assert.Null(await inputs.FindAsync("nothing", Cancellation));
    }

    private async Task<TestCatalog> ExhibitAsync()
    {
        var catalog = await engine.CreateCatalogAsync();
        await catalog.AddEnvironmentsAsync("e");
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        context.Add(Samples.Exhibit("show", "a", isPublished: true, "e"));
        await context.SaveChangesAsync(Cancellation);
        return catalog;
    }
}

public sealed class ExhibitInputsOnSqlite() : ExhibitInputsTests(new SqliteEngine());

public sealed class ExhibitInputsOnPostgreSql(PostgreSqlCluster cluster) : ExhibitInputsTests(new PostgreSqlEngine(cluster));
