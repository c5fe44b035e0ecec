using System.Text;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Premis;
using Preserve.Catalog.Software;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Software;

public abstract class SoftwareDeskTests(TestEngine engine)
{
    private static readonly Actor Ada = new(Guid.NewGuid(), "ada", "curator");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task What_software_declares_takes_the_place_of_what_it_did_and_is_recorded_once()
    {
        await using var catalog = await OpenAsync();
        var desk = catalog.Get<SoftwareDesk>();

        Assert.Empty(await desk.DeclareAsync("word", [new("fmt/40", FormatUse.Opens), new(" x-fmt/111 ", FormatUse.Imports)], Ada, Cancellation));
        Assert.Empty(await desk.DeclareAsync("word", [new("x-fmt/111", FormatUse.Imports), new("fmt/40", FormatUse.Opens), new("fmt/40", FormatUse.Exports)], Ada, Cancellation));
        Assert.Empty(await desk.DeclareAsync("word", [new("fmt/40", FormatUse.Opens), new("x-fmt/111", FormatUse.Imports), new("fmt/40", FormatUse.Exports)], Ada, Cancellation));

        Assert.Equal(
            [new DeclaredFormat("fmt/40", FormatUse.Opens, "Word document"), new DeclaredFormat("x-fmt/111", FormatUse.Imports), new DeclaredFormat("fmt/40", FormatUse.Exports, "Word document")],
            await desk.ListAsync("word", Cancellation));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var events = await context.Events.Where(one => one.ObjectId == "word").OrderBy(one => one.Id).Select(one => one.Detail).ToListAsync(Cancellation);
        Assert.Equal(["software formats: opens fmt/40; imports x-fmt/111", "software formats: opens fmt/40; imports x-fmt/111; exports fmt/40"], events);
        Assert.Equal(2, await context.AuditEntries.CountAsync(one => one.Action == AuditAction.SoftwareDeclared, Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_no_PUID_and_what_is_no_object_is_refused_whole()
    {
        await using var catalog = await OpenAsync();
        var desk = catalog.Get<SoftwareDesk>();

        var problems = await desk.DeclareAsync("nothing", [new("fmt/40", FormatUse.Opens), new("word/6", FormatUse.Opens), new("fmt/0", (FormatUse)9)], Ada, Cancellation);
        var many = await desk.DeclareAsync("word", [.. Enumerable.Range(1, SoftwareDesk.Most + 1).Select(number => new DeclaredFormat($"fmt/{number}", FormatUse.Opens))], Ada, Cancellation);

        Assert.Equal(4, problems.Count);
        Assert.Contains("'word/6' is no PUID", string.Join(' ', problems), StringComparison.Ordinal);
        Assert.Contains($"at most {SoftwareDesk.Most}", Assert.Single(many), StringComparison.Ordinal);
        Assert.Empty(await desk.ListAsync("word", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_description_carries_it_to_storage_and_back_and_PREMIS_says_it()
    {
        await using var catalog = await OpenAsync();
        await catalog.Get<SoftwareDesk>().DeclareAsync("word", [new("fmt/40", FormatUse.Opens), new("fmt/45", FormatUse.Exports)], Ada, Cancellation);

        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var description = ObjectDescription.FromJson((await DescriptionOfRows.DescribeAsync(context, "word", Cancellation)).ToJson());
        var rows = RebuiltRows.Others(description).OfType<SoftwareFormat>().Select(one => (one.ObjectId, one.Puid, one.Use));
        var premis = Encoding.UTF8.GetString(PremisRecord.Write(description));

        Assert.Equal([("word", "fmt/40", FormatUse.Opens), ("word", "fmt/45", FormatUse.Exports)], rows);
        Assert.Contains("opens format of PRONOM", premis, StringComparison.Ordinal);
        Assert.Contains("fmt/45", premis, StringComparison.Ordinal);
        Assert.Contains(await catalog.Get<ObjectVersions>().FindDueAsync(10, Cancellation), id => id == "word");
    }

    private async Task<TestCatalog> OpenAsync()
    {
        var catalog = await engine.CreateCatalogAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var letter = Samples.Object("letter", new StoredContent(Samples.Digest, 3));
        letter.Media[0].Representations[0].Files[0].Identifications.Add(new Identification { Tool = "t", Method = "signature", Puid = "fmt/40", FormatName = "Word document" });
        context.AddRange(Samples.Object("word"), letter);
        await context.SaveChangesAsync(Cancellation);
        return catalog;
    }
}

public sealed class SoftwareDeskOnSqlite() : SoftwareDeskTests(new SqliteEngine());

public sealed class SoftwareDeskOnPostgreSql(PostgreSqlCluster cluster) : SoftwareDeskTests(new PostgreSqlEngine(cluster));
