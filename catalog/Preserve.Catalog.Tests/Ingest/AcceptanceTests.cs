using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;

namespace Preserve.Catalog.Tests.Ingest;

public abstract class AcceptanceTests(TestEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task An_accepted_upload_is_an_object_with_its_bytes_in_storage_and_its_events()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        var upload = await catalog.BringAsync("disks/game.img", "sectors");

        var result = await catalog.Get<Acceptance>().AcceptAsync(Bringing.Request("game", upload), Bringing.Curator, Cancellation);

        Assert.Empty(result.Problems);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var made = await context.Objects.Include(one => one.Media).ThenInclude(medium => medium.Representations).ThenInclude(form => form.Files).SingleAsync(Cancellation);
        var file = made.Media.Single().Representations.Single().Files.Single();
        Assert.Equal(("game.img", upload.Sha256), (file.Name, file.Sha256));
        await using var stored = catalog.Get<IContentStore>().Open(file.Sha256);
        using var text = new StreamReader(stored);
        Assert.Equal("sectors", await text.ReadToEndAsync(Cancellation));
        var events = await context.Events.OrderBy(happened => happened.Id).ToListAsync(Cancellation);
        Assert.Equal(["message digest calculation", "fixity check", "ingestion"], events.Select(happened => happened.Type));
        Assert.Contains(upload.Md5!, events[0].Detail, StringComparison.Ordinal);
        Assert.Equal("curator", events[2].Agent);
        Assert.Equal((UploadState.Accepted, "game"), ((await catalog.UploadAsync(upload.Id)).State, (await catalog.UploadAsync(upload.Id)).ObjectId));
        Assert.Empty(ImportSetting.Leftovers(catalog.Options.DataFolder));
    }

    [Fact(Timeout = 60_000)]
    public async Task Two_files_of_one_carrier_stay_one_medium_in_order_that_no_machine_boots()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        var bin = await catalog.BringAsync("disc.bin", "sectors");
        var cue = await catalog.BringAsync("disc.cue", "FILE disc.bin");
        var request = Bringing.Request("disc", cue, bin);

        await catalog.Get<Acceptance>().AcceptAsync(
            request with { Media = [request.Media[0] with { Kind = "optical", Format = "bin-cue" }] }, Bringing.Curator, Cancellation);

        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var form = await context.Representations.Include(one => one.Files).SingleAsync(Cancellation);
        Assert.Equal(["disc.cue", "disc.bin"], form.Files.OrderBy(file => file.Order).Select(file => file.Name));
        Assert.False(form.IsAccessCopy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Everything_that_is_wrong_is_told_at_once_and_nothing_is_kept()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        var upload = await catalog.BringAsync("game.img", "sectors");
        var request = Bringing.Request("Not An Id", upload) with
        {
            Title = " ",
            Date = "line\nbreak",
            Media = [new AcceptanceMedium { Name = "../x", Kind = "papyrus", Format = "clay", Files = [Guid.NewGuid()] }],
        };

        var result = await catalog.Get<Acceptance>().AcceptAsync(request, Bringing.Curator, Cancellation);

        Assert.Equal(7, result.Problems.Count);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Empty(context.Objects);
        Assert.Empty(ImportSetting.Stored(catalog.Options.DataFolder));
        Assert.Equal(UploadState.Quarantined, (await catalog.UploadAsync(upload.Id)).State);
    }

    [Fact(Timeout = 60_000)]
    public async Task Bytes_that_changed_in_quarantine_are_not_accepted()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        var upload = await catalog.BringAsync("game.img", "sectors");
        await using (var file = catalog.Get<QuarantineFolder>().OpenForWriting(upload.Id))
        {
            file.WriteByte((byte)'S');
        }

        var result = await catalog.Get<Acceptance>().AcceptAsync(Bringing.Request("game", upload), Bringing.Curator, Cancellation);

        Assert.Contains("damaged", Assert.Single(result.Problems), StringComparison.Ordinal);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Empty(context.Objects);
        Assert.Empty(ImportSetting.Stored(catalog.Options.DataFolder));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_upload_is_accepted_once()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        var upload = await catalog.BringAsync("game.img", "sectors");
        var acceptance = catalog.Get<Acceptance>();

        var both = Task.WhenAll(
            acceptance.AcceptAsync(Bringing.Request("one", upload), Bringing.Curator, Cancellation),
            acceptance.AcceptAsync(Bringing.Request("two", upload), Bringing.Curator, Cancellation));
        while (!both.IsCompleted)
        {
            // Whoever waits for its turn looks again as time passes, which it does not by itself here.
            catalog.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10, Cancellation);
        }

        var results = await both;

        Assert.Single(results, result => result.IsDone);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Single(context.Objects);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_same_bytes_are_found_in_the_collection_and_in_quarantine()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        await catalog.Get<Acceptance>().AcceptAsync(Bringing.Request("game", await catalog.BringAsync("a.img", "sectors")), Bringing.Curator, Cancellation);
        await catalog.BringAsync("b.img", "sectors");
        await catalog.BringAsync("c.img", "sectors");
        await catalog.BringAsync("d.img", "others");

        var rows = (await catalog.Get<QuarantineList>().ReadAsync(Cancellation)).ToDictionary(row => row.Upload.Name);

        Assert.Equal(["game"], rows["b.img"].SameInCollection);
        Assert.Equal(["c.img"], rows["b.img"].SameInQuarantine);
        Assert.Empty(rows["d.img"].SameInCollection);
        Assert.False(rows.ContainsKey("a.img"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_rejected_upload_leaves_its_record_and_its_reason_and_no_byte()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        var upload = await catalog.BringAsync("game.img", "sectors");

        Assert.NotNull(await catalog.Get<Rejection>().RejectAsync([upload.Id], " ", Bringing.Curator, Cancellation));
        Assert.Null(await catalog.Get<Rejection>().RejectAsync([upload.Id], "A copy of a copy.", Bringing.Curator, Cancellation));
        Assert.NotNull(await catalog.Get<Rejection>().RejectAsync([upload.Id], "Again.", Bringing.Curator, Cancellation));

        var row = await catalog.UploadAsync(upload.Id);
        Assert.Equal((UploadState.Rejected, "A copy of a copy.", upload.Sha256), (row.State, row.Reason, row.Sha256));
        Assert.Empty(catalog.Get<QuarantineFolder>().List());
        var entry = Assert.Single((await catalog.Get<AuditTrail>().ListAsync(new AuditFilter { Action = AuditAction.UploadRejected }, 0, 5, Cancellation)).Entries);
        Assert.Contains("A copy of a copy.", entry.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeping_order_gives_up_old_uploads_and_deletes_what_is_decided()
    {
        await using var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        var accepted = await catalog.BringAsync("a.img", "sectors");
        await catalog.Get<Acceptance>().AcceptAsync(Bringing.Request("game", accepted), Bringing.Curator, Cancellation);
        var begun = (await catalog.Get<Uploads>().BeginAsync(null, "b.img", 10, unpackedFromId: null, Cancellation)).Upload!;
        var waiting = await catalog.BringAsync("c.img", "sectors");
        catalog.Time.Advance(TimeSpan.FromDays(8));

        await catalog.Get<QuarantineKeeping>().KeepAsync(Cancellation);
        await catalog.Get<QuarantineKeeping>().KeepAsync(Cancellation);

        Assert.Equal(UploadState.Expired, (await catalog.UploadAsync(begun.Id)).State);
        Assert.Equal([waiting.Id], catalog.Get<QuarantineFolder>().List());
    }
}

public sealed class AcceptanceOnSqlite() : AcceptanceTests(new SqliteEngine());

public sealed class AcceptanceOnPostgreSql(PostgreSqlCluster cluster) : AcceptanceTests(new PostgreSqlEngine(cluster));
