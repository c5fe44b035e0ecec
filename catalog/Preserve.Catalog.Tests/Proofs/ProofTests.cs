using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;

namespace Preserve.Catalog.Tests.Proofs;

public abstract class ProofTests(TestEngine engine)
{
    private static readonly Actor Ada = new(Guid.NewGuid(), "ada", "curator");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Suggested_machines_become_due_once_and_others_are_refused()
    {
        await using var catalog = await OpenAsync();
        var proofs = catalog.Get<ProofRequests>();

        var asked = await proofs.RequestAsync("game", null, Ada, Cancellation);
        var again = await proofs.RequestAsync("game", null, Ada, Cancellation);
        var other = await proofs.RequestAsync("game", [new ProofChoice("mac", "disk")], Ada, Cancellation);
        var memory = await proofs.RequestAsync("game", [new ProofChoice("pc-486", "floppy", 9999)], Ada, Cancellation);

        Assert.Equal((1, 0), (asked.Asked, again.Asked));
        Assert.Contains("pc-486 from floppy", Assert.Single(other.Problems), StringComparison.Ordinal);
        Assert.Contains("4 to 512 MiB", Assert.Single(memory.Problems), StringComparison.Ordinal);
        var due = Assert.Single(await proofs.ListAsync("game", Cancellation));
        Assert.Equal((ProofState.Due, "disk.img", 16, "curator"), (due.State, due.Drives["floppy0"], due.MemoryMiB, due.RequestedBy));
        Assert.NotEmpty(due.Reasons);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_not_examined_yet_is_told_from_what_does_not_boot()
    {
        await using var catalog = await OpenAsync(isExamined: false);
        var proofs = catalog.Get<ProofRequests>();

        var waiting = await proofs.RequestAsync("game", null, Ada, Cancellation);
        await using (var context = await catalog.Contexts.CreateDbContextAsync(Cancellation))
        {
            await context.Files.ExecuteUpdateAsync(set => set.SetProperty(file => file.ExaminationState, ExaminationState.Examined), Cancellation);
        }

        var nothing = await proofs.RequestAsync("game", null, Ada, Cancellation);

        Assert.Contains("still being examined", Assert.Single(waiting.Problems), StringComparison.Ordinal);
        Assert.Contains("Nothing on these media", Assert.Single(nothing.Problems), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_died_three_times_at_one_boot_leaves_it_failed_in_words()
    {
        await using var catalog = await OpenAsync();
        var (proofs, claims) = (catalog.Get<ProofRequests>(), catalog.Get<ProofClaims>());
        await proofs.RequestAsync("game", null, Ada, Cancellation);

        for (var life = 1; life <= ProofClaims.MaximumAttempts; life++)
        {
            Assert.NotNull(await claims.ClaimAsync("w", Cancellation));
            Assert.Null(await claims.ClaimAsync("other", Cancellation));
            Assert.Equal(1, await claims.ReleaseOfWorkerAsync("w", Cancellation));
        }

        var failed = Assert.Single(await proofs.ListAsync("game", Cancellation));
        Assert.Equal(ProofState.Failed, failed.State);
        Assert.Contains("stopped each time", failed.Problem, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_boot_put_back_counts_no_attempt_and_a_lost_claim_writes_nothing()
    {
        await using var catalog = await OpenAsync();
        var (proofs, claims) = (catalog.Get<ProofRequests>(), catalog.Get<ProofClaims>());
        await proofs.RequestAsync("game", null, Ada, Cancellation);
        var id = (await claims.ClaimAsync("w", Cancellation))!.Value;

        Assert.True(await claims.PutBackAsync(id, "w", Cancellation));
        Assert.False(await claims.FailedAsync(id, "w", "too late", Cancellation));
        Assert.False(await claims.BootedAsync(id, "w", Booted(), Cancellation));

        var proof = Assert.Single(await proofs.ListAsync("game", Cancellation));
        Assert.Equal((ProofState.Due, 0, 0), (proof.State, proof.Attempts, proof.Screens.Count));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_accepted_boot_is_an_environment_with_its_settings_media_poster_event_and_audit_entry()
    {
        await using var catalog = await OpenAsync();
        var id = await BootAsync(catalog);

        var result = await catalog.Get<ProofAcceptance>().AcceptAsync(id, new ProofAcceptanceRequest("game-486", " The game ", "A menu"), Ada, Cancellation);

        Assert.Empty(result.Problems);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var bootable = (await context.FindBootableEnvironmentAsync("game-486", Cancellation))!;
        var row = bootable.Environment;
        Assert.Equal(("The game", "pc-486", 1, 16, "floppy", 12.5, "A menu"),
            (row.Title, row.ProfileId, row.ProfileVersion, row.MemoryMiB, row.Boot, row.SettlesAfterSeconds, row.SettledScreen));
        Assert.Equal(("floppy0", "disk.img"), (Assert.Single(bootable.Drives).Bay, bootable.Drives[0].Medium.Name));
        Assert.Equal((PosterState.Made, new string('c', 64), 320), (row.PosterState, row.PosterSha256, row.PosterWidth));
        var made = await context.Events.SingleAsync(one => one.Type == "creation", Cancellation);
        Assert.Equal(("game", "curator", "success"), (made.ObjectId, made.Agent, made.Outcome));
        Assert.Contains("game-486, accepted from a proof boot: pc-486 version 1, 16 MiB, boots from floppy, disk.img in floppy0; on qemu-7.2.22 it came to rest after 12.5 s", made.Detail, StringComparison.Ordinal);
        Assert.Equal(1, await context.AuditEntries.CountAsync(one => one.Action == AuditAction.EnvironmentAccepted && one.ActorName == "ada", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_boot_is_accepted_once_and_under_an_id_that_is_free()
    {
        await using var catalog = await OpenAsync();
        var acceptance = catalog.Get<ProofAcceptance>();
        var id = await BootAsync(catalog);

        var bad = await acceptance.AcceptAsync(id, new ProofAcceptanceRequest("Bad Id", "", "two\nlines"), Ada, Cancellation);
        var first = await acceptance.AcceptAsync(id, new ProofAcceptanceRequest("one", "One"), Ada, Cancellation);
        var twice = await acceptance.AcceptAsync(id, new ProofAcceptanceRequest("two", "Two"), Ada, Cancellation);
        var missing = await acceptance.AcceptAsync(id + 100, new ProofAcceptanceRequest("two", "Two"), Ada, Cancellation);

        Assert.Equal(3, bad.Problems.Count);
        Assert.True(first.IsDone);
        Assert.Contains("accepted already, as 'one'", Assert.Single(twice.Problems), StringComparison.Ordinal);
        Assert.Contains("no such boot", Assert.Single(missing.Problems), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Asking_anew_forgets_what_was_not_accepted_and_its_pictures_but_not_a_poster()
    {
        await using var catalog = await OpenAsync();
        var (proofs, pictures) = (catalog.Get<ProofRequests>(), catalog.Get<FileContentStore>());
        var stored = await pictures.PutAsync(new MemoryStream([1, 2, 3]), 10, Cancellation);
        var accepted = await BootAsync(catalog, stored.Sha256);
        await catalog.Get<ProofAcceptance>().AcceptAsync(accepted, new ProofAcceptanceRequest("one", "One"), Ada, Cancellation);
        var other = await pictures.PutAsync(new MemoryStream([4, 5, 6]), 10, Cancellation);
        await BootAsync(catalog, other.Sha256);

        await proofs.RequestAsync("game", null, Ada, Cancellation);

        Assert.Equal([ProofState.Accepted, ProofState.Due], (await proofs.ListAsync("game", Cancellation)).Select(proof => proof.State));
        Assert.Equal((true, false), (pictures.Contains(stored.Sha256), pictures.Contains(other.Sha256)));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_exhibit_is_drafted_of_an_environment_and_stays_unpublished()
    {
        await using var catalog = await OpenAsync();
        await catalog.Get<ProofAcceptance>().AcceptAsync(await BootAsync(catalog), new ProofAcceptanceRequest("one", "One"), Ada, Cancellation);
        var drafts = catalog.Get<ExhibitDrafts>();

        Assert.Equal(3, (await drafts.MakeAsync("none", "Bad Slug", "", Ada, Cancellation)).Problems.Count);
        Assert.Empty((await drafts.MakeAsync("one", "the-game", "The game", Ada, Cancellation)).Problems);
        Assert.Contains("already", Assert.Single((await drafts.MakeAsync("one", "the-game", "Again", Ada, Cancellation)).Problems), StringComparison.Ordinal);

        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var exhibit = (await context.FindExhibitAsync("the-game", Cancellation))!;
        Assert.Equal((false, null, "one", "game"), (exhibit.IsPublished, exhibit.RightsBasis, Assert.Single(exhibit.Environments).EnvironmentId, exhibit.ObjectId));
        Assert.Contains(await catalog.Get<ObjectVersions>().FindDueAsync(10, Cancellation), id => id == "game");
    }

    private async Task<TestCatalog> OpenAsync(bool isExamined = true)
    {
        var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var one = Samples.Object("game", new StoredContent(Samples.Digest, 1474560));
        if (isExamined)
        {
            var file = one.Media[0].Representations[0].Files[0];
            (file.ExaminationState, file.Characterisation) = (ExaminationState.Examined, CharacterisationDocument.Write(new MediumCharacterisation
            {
                Identification = new FileIdentification([], "", ""),
                Facts = new MediumFacts { BootSector = new BootSector { HasCode = true, Geometry = new DiskGeometry(512, 2880, 18, 2, 0xF0) } },
            }));
        }

        context.AddRange(Samples.Profile(), one);
        await context.SaveChangesAsync(Cancellation);
        return catalog;
    }

    private static async Task<long> BootAsync(TestCatalog catalog, string? picture = null)
    {
        await catalog.Get<ProofRequests>().RequestAsync("game", null, Ada, Cancellation);
        var claims = catalog.Get<ProofClaims>();
        var id = (await claims.ClaimAsync("w", Cancellation))!.Value;
        Assert.True(await claims.BootedAsync(id, "w", Booted(picture), Cancellation));
        return id;
    }

    private static BootedProof Booted(string? picture = null) => new("qemu-7.2.22", 12.5,
    [
        new ProofScreen { Order = 1, AtSeconds = 1, Sha256 = new string('b', 64), Width = 720, Height = 400, Text = "Booting" },
        new ProofScreen { Order = 2, AtSeconds = 12.5, Sha256 = picture ?? new string('c', 64), Width = 320, Height = 200 },
    ]);
}

public sealed class ProofsOnSqlite() : ProofTests(new SqliteEngine());

public sealed class ProofsOnPostgreSql(PostgreSqlCluster cluster) : ProofTests(new PostgreSqlEngine(cluster));
