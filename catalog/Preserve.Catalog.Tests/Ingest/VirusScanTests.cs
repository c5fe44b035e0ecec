using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Ingest.Viruses;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;

namespace Preserve.Catalog.Tests.Ingest;

/// <summary>Uploads past a scanner that speaks clamd's protocol byte by byte.</summary>
public abstract class VirusScanTests(TestEngine engine)
{
    private static readonly Actor s_administrator = new(null, "adam", "administrator");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task What_is_clean_says_so_and_has_an_event()
    {
        await using var clamd = new FakeClamd();
        await using var catalog = await OpenAsync(clamd.Address);
        var upload = await catalog.BringAsync("clean.img", new byte[200_000]);

        await catalog.Get<QuarantineKeeping>().KeepAsync(Cancellation);
        await catalog.Get<QuarantineKeeping>().KeepAsync(Cancellation);

        Assert.Equal((ScanState.Clean, ""), ((await catalog.UploadAsync(upload.Id)).ScanState, (await catalog.UploadAsync(upload.Id)).ScanDetail));
        Assert.Equal((200_000, 1), (clamd.Received, clamd.Connections));
        Assert.Empty((await AcceptAsync(catalog, upload)).Problems);
        Assert.Equal(("success", "clean.img: clean"), await EventAsync(catalog));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_infected_is_accepted_only_after_an_administrator_said_why()
    {
        await using var clamd = new FakeClamd();
        await using var catalog = await OpenAsync(clamd.Address);
        var upload = await catalog.BringAsync("joke.img", $"boot {FakeClamd.Marker} sector");

        var refused = await AcceptAsync(catalog, upload);
        Assert.Contains("is infected, as clamd says: Test.Virus-1", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.NotNull(await catalog.Get<UploadScans>().OverrideAsync(upload.Id, " ", s_administrator, Cancellation));
        Assert.Null(await catalog.Get<UploadScans>().OverrideAsync(upload.Id, "It is the artifact: a virus of 1988.", s_administrator, Cancellation));
        Assert.Empty((await AcceptAsync(catalog, upload)).Problems);

        Assert.Equal(("failure", "joke.img: infected: Test.Virus-1; let in by administrator: It is the artifact: a virus of 1988."), await EventAsync(catalog));
        Assert.Single((await catalog.Get<AuditTrail>().ListAsync(new AuditFilter { Action = AuditAction.InfectionOverridden }, 0, 5, Cancellation)).Entries);
    }

    [Fact(Timeout = 60_000)]
    public async Task While_the_scanner_is_away_nothing_is_called_clean_and_it_is_asked_again()
    {
        string address;
        await using (var gone = new FakeClamd())
        {
            address = gone.Address;
        }

        await using var catalog = await OpenAsync(address);
        var upload = await catalog.BringAsync("some.img", "sectors");
        await catalog.Get<QuarantineKeeping>().KeepAsync(Cancellation);
        Assert.Equal(ScanState.NotScanned, (await catalog.UploadAsync(upload.Id)).ScanState);
        Assert.StartsWith("clamd is away", (await catalog.UploadAsync(upload.Id)).ScanDetail, StringComparison.Ordinal);

        await using var back = new FakeClamd();
        await using var again = new CatalogBehind(catalog, back.Address);
        await again.Scans.ScanDueAsync(Cancellation);
        Assert.Equal((ScanState.NotScanned, 0), ((await catalog.UploadAsync(upload.Id)).ScanState, back.Connections));
        catalog.Time.Advance(TimeSpan.FromMinutes(2));
        await again.Scans.ScanDueAsync(Cancellation);
        Assert.Equal((ScanState.Clean, 1), ((await catalog.UploadAsync(upload.Id)).ScanState, back.Connections));
    }

    [Fact(Timeout = 60_000)]
    public async Task Accepted_without_a_scanner_it_is_recorded_as_not_scanned()
    {
        await using var clamd = new FakeClamd { Says = "stream: Can't allocate memory ERROR" };
        await using var catalog = await OpenAsync(clamd.Address);
        var upload = await catalog.BringAsync("some.img", "sectors");

        Assert.Empty((await AcceptAsync(catalog, upload)).Problems);

        Assert.Equal(("failure", "some.img: not scanned: clamd answered: stream: Can't allocate memory ERROR"), await EventAsync(catalog));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stream_longer_than_the_scanner_takes_and_one_that_never_answers_are_not_scanned()
    {
        await using var clamd = new FakeClamd { StreamMaxLength = 100_000 };
        await using var catalog = await OpenAsync(clamd.Address);
        var scanner = catalog.Get<Clamd>();
        using var large = new MemoryStream(new byte[20_000_000]);

        var tooLong = await scanner.ScanAsync(large, Cancellation);
        Assert.Equal((ScanState.NotScanned, "longer than clamd takes (its StreamMaxLength)"), (tooLong.State, tooLong.Words));

        await using var silent = new FakeClamd { IsSilent = true };
        using var small = new MemoryStream(new byte[10]);
        var never = await new Clamd(new IngestOptions { Clamd = silent.Address, ClamdTimeout = TimeSpan.FromSeconds(1) }, TimeProvider.System).ScanAsync(small, Cancellation);
        Assert.Equal((ScanState.NotScanned, "clamd did not answer in time"), (never.State, never.Words));
    }

    [Theory]
    [InlineData("/run/clamav/clamd.ctl", true)]
    [InlineData("scanner.example:3310", true)]
    [InlineData("[::1]:3310", true)]
    [InlineData("scanner.example", false)]
    [InlineData("host:0", false)]
    [InlineData("relative/socket", false)]
    public void An_address_is_a_socket_or_a_host_with_a_port(string address, bool isGood) =>
        Assert.Equal(isGood, !new IngestOptions { Clamd = address }.Problems().Any());

    private static Task<AcceptanceResult> AcceptAsync(TestCatalog catalog, Upload upload) =>
        catalog.Get<Acceptance>().AcceptAsync(Bringing.Request("game", upload), Bringing.Curator, Cancellation);

    private static async Task<(string Outcome, string Detail)> EventAsync(TestCatalog catalog)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var one = await context.Events.SingleAsync(happened => happened.Type == "virus check", Cancellation);
        Assert.Equal("clamd", one.Agent);
        return (one.Outcome, one.Detail);
    }

    private Task<TestCatalog> OpenAsync(string address) => engine.CreateCatalogAsync(services =>
    {
        ImportSetting.Add(services);
        services.AddSingleton(new IngestOptions { Clamd = address });
    });

    /// <summary>The same catalog, asking another scanner.</summary>
    private sealed class CatalogBehind(TestCatalog catalog, string address) : IAsyncDisposable
    {
        public UploadScans Scans { get; } = new(
            catalog.Contexts, catalog.Get<QuarantineFolder>(), new Clamd(new IngestOptions { Clamd = address }, TimeProvider.System), catalog.Get<AuditTrail>(), catalog.Time);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

public sealed class VirusScanOnSqlite() : VirusScanTests(new SqliteEngine());

public sealed class VirusScanOnPostgreSql(PostgreSqlCluster cluster) : VirusScanTests(new PostgreSqlEngine(cluster));
