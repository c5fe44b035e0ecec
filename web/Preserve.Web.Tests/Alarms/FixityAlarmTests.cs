using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hangfire;
using Hangfire.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Preserve.Catalog;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Events;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Storage;
using Preserve.Web.Hosting;
using Preserve.Web.Tests.Mail;
using Preserve.Web.Tests.Running;
using Preserve.Workers.Alarms;
using Preserve.Workers.Preservation;

namespace Preserve.Web.Tests.Alarms;

/// <summary>By itself: Hangfire knows one storage for the whole process, so the jobs of a service beside this one would be taken by either.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneWithItsJobs
{
    public const string Name = "alone with its jobs";
}

[Collection(AloneWithItsJobs.Name)]
public sealed class FixityAlarmTests : IDisposable
{
    private const int Limit = 120_000;
    private const string Secret = "the shared secret";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<(string Timestamp, string Signature, byte[] Body)> _received = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Limit)]
    public async Task Damage_that_a_scheduled_round_finds_is_told_signed_to_the_webhook()
    {
        await using var receiver = await ReceiveAsync(StatusCodes.Status204NoContent);
        await using var museum = await OpenAsync(receiver);
        await StoreAsync(museum, damaged: true);

        museum.Services.GetRequiredService<IRecurringJobManager>().Trigger(FixityRound.JobId);
        await UntilAsync(() => !_received.IsEmpty);

        Assert.True(_received.TryDequeue(out var told));
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{told.Timestamp}."), .. told.Body];
        Assert.Equal($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed))}", told.Signature);
        var body = JsonNode.Parse(told.Body)!;
        Assert.Equal(("fixity.damaged", 1, "kept"), ((string?)body["event"], (int)body["damaged"]!, (string?)body["files"]![0]!["object"]));
        Assert.Contains("media/disk.img", (string?)body["files"]![0]!["path"], StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status302Found)]
    public async Task An_alarm_that_was_not_taken_fails_so_that_it_is_tried_again(int status)
    {
        await using var receiver = await ReceiveAsync(status);
        await using var museum = await OpenAsync(receiver);
        await StoreAsync(museum, damaged: true);
        await using (var context = await ContextAsync(museum))
        {
            await context.ContentLocations.ExecuteUpdateAsync(set => set.SetProperty(one => one.State, ContentState.Damaged), Cancellation);
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => museum.Services.GetRequiredService<FixityAlarm>().SendAsync(Cancellation));
        Assert.Single(_received);
    }

    [Fact(Timeout = Limit)]
    public async Task Damage_that_a_scheduled_round_finds_is_told_by_mail_and_told_again_where_it_was_not_taken()
    {
        await using var server = new SmtpListener { Refusals = 1 };
        await using var museum = await OpenAsync(server);
        await StoreAsync(museum, damaged: true);

        museum.Services.GetRequiredService<IRecurringJobManager>().Trigger(FixityRound.JobId);
        await UntilAsync(() => !server.Taken.IsEmpty);

        Assert.True(server.Taken.TryDequeue(out var told));
        Assert.Equal("Preserve: 1 stored file is damaged", told.Message.Subject);
        Assert.Contains("kept: ", told.Message.TextBody, StringComparison.Ordinal);
        Assert.Contains("media/disk.img", told.Message.TextBody, StringComparison.Ordinal);
        Assert.True(server.Visits > 1);
    }

    [Fact(Timeout = Limit)]
    public async Task Nobody_gets_mail_while_nothing_is_damaged()
    {
        await using var server = new SmtpListener();
        await using var museum = await OpenAsync(server);
        await StoreAsync(museum, damaged: false);

        await museum.Services.GetRequiredService<FixityRound>().RunAsync(Cancellation);
        await museum.Services.GetRequiredService<DamageMail>().SendAsync(Cancellation);

        Assert.Equal(0, server.Visits);
    }

    [Fact(Timeout = Limit)]
    public async Task Nobody_is_told_while_nothing_is_damaged()
    {
        await using var receiver = await ReceiveAsync(StatusCodes.Status204NoContent);
        await using var museum = await OpenAsync(receiver);
        await StoreAsync(museum, damaged: false);

        await museum.Services.GetRequiredService<FixityRound>().RunAsync(Cancellation);
        await museum.Services.GetRequiredService<FixityAlarm>().SendAsync(Cancellation);

        await using var context = await ContextAsync(museum);
        Assert.Equal("success", (await context.Events.SingleAsync(one => one.Type == "fixity check", Cancellation)).Outcome);
        Assert.Empty(_received);
    }

    [Fact(Timeout = Limit)]
    public async Task Checks_alarms_and_purges_are_scheduled_as_configured()
    {
        await using var museum = await Museum.OpenAsync(("Preserve:Worker:FixityCron", "15 4 * * 1"));

        using var connection = museum.Services.GetRequiredService<JobStorage>().GetConnection();
        var jobs = connection.GetRecurringJobs().ToDictionary(job => job.Id, job => job.Cron);

        Assert.Equal(("15 4 * * 1", "0 6 * * *", "0 6 * * *", "30 3 * * *"), (jobs["fixity"], jobs["fixity-alarm"], jobs["fixity-mail"], jobs["retention"]));
    }

    [Theory]
    [InlineData("Preserve:Alarm:WebhookUrl", "http://museum.example/hook", "https")]
    [InlineData("Preserve:Alarm:WebhookUrl", "https://museum.example/hook", "WebhookSecretFile")]
    [InlineData("Preserve:Mail:Host", "mail.museum.example", "Preserve:Mail:From")]
    [InlineData("Preserve:Worker:FixityCron", "whenever", "fixity checks")]
    [InlineData("Preserve:Retention:SignIns", "0.01:00:00", "SignIns")]
    public void What_cannot_be_configured_is_told_at_the_start(string key, string value, string word)
    {
        var problem = Assert.Throws<InvalidConfigurationException>(() => PreserveHost.Build(new HostSettings
        {
            DataFolder = _folder.Path, Urls = "http://127.0.0.1:0", Overrides = new Dictionary<string, string?> { [key] = value },
        }));

        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    private async Task<WebApplication> ReceiveAsync(int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/hook", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            _received.Enqueue((http.Request.Headers["X-Preserve-Timestamp"].ToString(), http.Request.Headers["X-Preserve-Signature"].ToString(), body.ToArray()));
            http.Response.Headers.Location = "/elsewhere";
            http.Response.StatusCode = status;
        });
        await app.StartAsync(Cancellation);
        return app;
    }

    private async Task<Museum> OpenAsync(WebApplication receiver)
    {
        var file = Path.Combine(_folder.Path, "secret");
        await File.WriteAllTextAsync(file, $"{Secret}\n", Cancellation);
        return await Museum.OpenAsync(("Preserve:Alarm:WebhookUrl", $"{PreserveHost.Addresses(receiver).Single()}/hook"), ("Preserve:Alarm:WebhookSecretFile", file));
    }

    private static Task<Museum> OpenAsync(SmtpListener server) => Museum.OpenAsync(
        ("Preserve:Mail:Host", "127.0.0.1"), ("Preserve:Mail:Port", server.Port.ToString(CultureInfo.InvariantCulture)), ("Preserve:Mail:Protection", "None"),
        ("Preserve:Mail:From", "preserve@museum.example"), ("Preserve:Mail:To", "curators@museum.example"));

    // One object with one file, whose last check was long ago.
    private static async Task StoreAsync(Museum museum, bool damaged)
    {
        var stored = await museum.Services.GetRequiredService<IContentStore>().PutAsync(new MemoryStream("what is kept"u8.ToArray()), 100, Cancellation);
        await museum.ChangeCatalogAsync(catalog =>
        {
            var form = new Representation { Format = "raw", Files = { new StoredFile { Name = "disk.img", LengthInBytes = stored.LengthInBytes, Sha256 = stored.Sha256 } } };
            catalog.Objects.Add(new PreservedObject
            {
                Id = "kept", Title = "Kept", CreatedAt = 1, Media = { new Medium { ObjectId = "kept", Name = "disk.img", Kind = "floppy-1440K", Representations = { form } } },
            });
            catalog.Events.Add(new PreservationEvent { Type = "ingestion", ObjectId = "kept", OccurredAt = 1, Agent = "a test", Outcome = "success" });
        });
        await museum.Services.GetRequiredService<ObjectVersions>().WriteAsync("kept", "stored", Cancellation);
        await using var context = await ContextAsync(museum);
        await context.ContentLocations.Where(one => !one.Path.Contains("/media/")).ExecuteDeleteAsync(Cancellation);
        await context.ContentLocations.ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckedAt, 0), Cancellation);
        if (damaged)
        {
            var path = Path.Combine(museum.Services.GetRequiredService<ObjectStorage>().Ocfl.Root, (await context.ContentLocations.SingleAsync(Cancellation)).Path);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await File.WriteAllTextAsync(path, "what is kepT", Cancellation);
        }
    }

    private static Task<CatalogContext> ContextAsync(Museum museum) =>
        museum.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(Cancellation);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(100, Cancellation);
        }
    }
}
