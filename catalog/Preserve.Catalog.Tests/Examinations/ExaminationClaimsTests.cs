using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Examinations;

public abstract class ExaminationClaimsTests(TestEngine engine)
{
    private static readonly MediumCharacterisation s_found = new()
    {
        Identification = new FileIdentification(
            [new FormatMatch { Puid = "fmt/1087", Name = "FAT Disk Image", Method = FormatMethod.Signature }], "DROID 122", ""),
        Facts = new MediumFacts(),
        Volumes = [new VolumeFound("FAT12", "GAMES", 0, VolumeReader.SleuthKit)],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Workers_that_ask_together_never_get_the_same_file()
    {
        await using var catalog = await CreateAsync(5);
        var claims = catalog.Get<ExaminationClaims>();
        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => claims.ClaimAsync($"w{n}", Cancellation), Cancellation)));
        Assert.Equal(5, claimed.OfType<FileToExamine>().Select(file => file.Id).Distinct().Count());
        Assert.Equal(3, claimed.Count(file => file is null));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_was_found_is_kept_with_identifications_and_events()
    {
        await using var catalog = await CreateAsync(1);
        var claims = catalog.Get<ExaminationClaims>();
        var file = await claims.ClaimAsync("w", Cancellation);
        Assert.True(await claims.ExaminedAsync(file!, "w", s_found, Cancellation));

        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var row = await context.Files.Include(f => f.Identifications).SingleAsync(Cancellation);
        Assert.Equal(ExaminationState.Examined, row.ExaminationState);
        Assert.Equal(("fmt/1087", "FAT Disk Image", "signature", "DROID 122"), row.Identifications is [var i] ? (i.Puid, i.FormatName, i.Method, i.SignatureVersion) : default);
        Assert.Equal("GAMES", CharacterisationDocument.Read(row.Characterisation)?.Volumes[0].Label);
        var events = await context.Events.OrderBy(e => e.Id).ToListAsync(Cancellation);
        Assert.Equal(["format identification", "metadata extraction"], events.Select(e => e.Type));
        Assert.All(events, e => Assert.Equal(("a", "success"), (e.ObjectId, e.Outcome)));
        Assert.Contains("DROID 122", events[0].Agent, StringComparison.Ordinal);
        Assert.Null(await claims.ClaimAsync("w", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_failure_is_kept_in_words_and_as_an_event()
    {
        await using var catalog = await CreateAsync(1);
        var claims = catalog.Get<ExaminationClaims>();
        var file = await claims.ClaimAsync("w", Cancellation);
        Assert.True(await claims.FailedAsync(file!, "w", "no tool\0", Cancellation));

        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var row = await context.Files.SingleAsync(Cancellation);
        Assert.Equal((ExaminationState.Failed, "no tool\uFFFD"), (row.ExaminationState, row.ExaminationProblem));
        Assert.Equal("failure", (await context.Events.SingleAsync(Cancellation)).Outcome);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_is_written_by_a_worker_whose_claim_is_gone()
    {
        await using var catalog = await CreateAsync(1);
        var claims = catalog.Get<ExaminationClaims>();
        var file = await claims.ClaimAsync("dead", Cancellation);
        Assert.Equal(1, await claims.ReleaseOfWorkerAsync("dead", Cancellation));
        Assert.Equal(file, await claims.ClaimAsync("alive", Cancellation));

        Assert.False(await claims.ExaminedAsync(file!, "dead", s_found, Cancellation));
        Assert.False(await claims.FailedAsync(file!, "dead", "late", Cancellation));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Empty(await context.Events.ToListAsync(Cancellation));
        Assert.Empty(await context.Identifications.ToListAsync(Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_ends_its_worker_each_time_fails_in_the_end_but_one_put_back_does_not_count()
    {
        await using var catalog = await CreateAsync(1);
        var claims = catalog.Get<ExaminationClaims>();
        for (var put = 0; put < ExaminationClaims.MaximumAttempts + 1; put++)
        {
            Assert.True(await claims.PutBackAsync((await claims.ClaimAsync("w", Cancellation))!, "w", Cancellation));
        }

        for (var death = 0; death < ExaminationClaims.MaximumAttempts; death++)
        {
            Assert.NotNull(await claims.ClaimAsync("w", Cancellation));
            await claims.ReleaseOfWorkerAsync("w", Cancellation);
        }

        Assert.Null(await claims.ClaimAsync("w", Cancellation));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal(ExaminationState.Failed, (await context.Files.SingleAsync(Cancellation)).ExaminationState);
    }

    private async Task<TestCatalog> CreateAsync(int files)
    {
        var catalog = await engine.CreateCatalogAsync();
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        context.Add(Samples.Object("a"));
        context.AddRange(Enumerable.Range(1, files).Select(number => Samples.Medium("a", $"disk{number}.img", number, Samples.Digest)));
        await context.SaveChangesAsync(Cancellation);
        return catalog;
    }
}

public sealed class ExaminationClaimsOnSqlite() : ExaminationClaimsTests(new SqliteEngine());

public sealed class ExaminationClaimsOnPostgreSql(PostgreSqlCluster cluster) : ExaminationClaimsTests(new PostgreSqlEngine(cluster));
