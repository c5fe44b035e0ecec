using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Ocfl.Validation;
using Preserve.Web.CommandLine;
using Preserve.Web.Tests.CommandLine;

namespace Preserve.Web.Tests.Faults;

/// <summary>
/// Kills the real service, or the real verb beside it, at random moments of an upload, an acceptance, the writing of versions, a fixity check and an export, on one
/// data folder: ten kills; a hundred with PRESERVE_SOAK=1. The seed is in the message of what fails.
/// </summary>
public sealed class KilledArchiveTests
{
    private const int Piece = 128 * 1024;

    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("PRESERVE_SOAK") == "1";

    private readonly HashSet<string> _accepted = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 1_800_000)]
    public async Task Nothing_accepted_is_lost_and_nothing_half_written_is_seen_wherever_it_is_killed()
    {
        await using var house = await KilledHouse.BuildAsync();
        await AcceptAsync(house, "first", new Random(0), TimeSpan.MaxValue);
        for (var seed = 1; seed <= (s_isSoak ? 100 : 10); seed++)
        {
            var random = new Random(seed);
            try
            {
                await ((seed % 5) switch
                {
                    0 => ExportAsync(house, seed, random),
                    1 => UploadAsync(house, seed, random),
                    2 => AcceptAsync(house, $"object-{seed}", random, TimeSpan.FromMilliseconds(random.Next(0, 900))),
                    3 => DescribeAsync(house, random),
                    _ => CheckAsync(house, random),
                });
                await AssertWholeAsync(house);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Seed {seed}: {problem.Message}", problem);
            }
        }
    }

    private static async Task UploadAsync(KilledHouse house, int seed, Random random)
    {
        var bytes = new byte[6 * 1024 * 1024];
        random.NextBytes(bytes);
        var upload = await house.BeginUploadAsync($"upload-{seed}.img", bytes.Length);
        var acknowledged = 0;
        await UntilKilledAsync(house, TimeSpan.FromMilliseconds(random.Next(0, 500)), house.SendAsync(upload, bytes, 0, Piece, at => acknowledged = at));

        await house.StartAsync();
        var kept = acknowledged == bytes.Length ? bytes.Length : await house.OffsetAsync(upload);
        Assert.InRange(kept, acknowledged, bytes.Length);
        await house.SendAsync(upload, bytes, kept, 4 * Piece, _ => { });

        // Digests of what was resumed are made in the background.
        var id = Guid.Parse(upload.ToString().Split('/')[^1]);
        var row = await UntilAsync(() => house.QueryAsync(context => context.Uploads.AsNoTracking().SingleAsync(one => one.Id == id, Cancellation)), one => one.State == UploadState.Quarantined);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), row.Sha256);
    }

    private async Task AcceptAsync(KilledHouse house, string id, Random random, TimeSpan killAfter)
    {
        var bag = KilledHouse.Bag(id, 3 * 1024 * 1024, random);
        var upload = await house.BeginUploadAsync($"{id}.zip", bag.Length);
        await house.SendAsync(upload, bag, 0, bag.Length, _ => { });
        var isTold = false;
        async Task TakeAsync()
        {
            using var answer = await house.Client.PostAsJsonAsync($"/api/bags/{upload.ToString().Split('/')[^1]}", new { objectId = id }, Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancellation));
            isTold = true;
        }

        if (killAfter == TimeSpan.MaxValue)
        {
            await TakeAsync();
        }
        else
        {
            await UntilKilledAsync(house, killAfter, TakeAsync());
            await house.StartAsync();
            var isThere = await house.QueryAsync(context => context.Objects.AnyAsync(one => one.Id == id, Cancellation));
            Assert.True(isThere || !isTold, "What was told to be accepted is not there.");
            if (!isThere)
            {
                await TakeAsync();
            }
        }

        _accepted.Add(id);
    }

    // Each of the two acts is an event, and the service writes a version for it when it starts.
    private static async Task DescribeAsync(KilledHouse house, Random random)
    {
        foreach (var act in new[] { "withdrawal", "reinstatement" })
        {
            using var answer = await house.Client.PostAsJsonAsync($"/api/objects/first/{act}", new { reason = "A test." }, Cancellation);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        await house.KillAsync();
        await house.StartAsync();
        await Task.Delay(random.Next(0, 400), Cancellation);
        await house.KillAsync();
        await house.StartAsync();
        await UntilAsync(() => house.Get<ObjectVersions>().FindDueAsync(10, Cancellation), due => due.Count == 0);
    }

    private static async Task CheckAsync(KilledHouse house, Random random)
    {
        await using (PreserveProcess.Start("fixity", "--data", house.Folder))
        {
            await Task.Delay(random.Next(300, 2_000), Cancellation);
        }

        var (code, output, errors) = await PreserveProcess.RunAsync("fixity", "--data", house.Folder);
        Assert.True(code == ExitCode.Done, output + errors);
        Assert.Contains("0 are damaged", output, StringComparison.Ordinal);
    }

    private static async Task ExportAsync(KilledHouse house, int seed, Random random)
    {
        var folder = Path.Combine(house.Folder, "exports");
        Directory.CreateDirectory(folder);
        var (cut, whole) = (Path.Combine(folder, $"cut-{seed}"), Path.Combine(folder, $"whole-{seed}"));
        await using (PreserveProcess.Start("export", "--all", "--to", cut, "--data", house.Folder))
        {
            await Task.Delay(random.Next(500, 3_000), Cancellation);
        }

        // A folder that is no bag, or a bag that is whole.
        Assert.True(!File.Exists(Path.Combine(cut, "bagit.txt")) || (await BagValidator.ValidateAsync(cut, Cancellation)).IsValid);
        var (code, output, errors) = await PreserveProcess.RunAsync("export", "--all", "--to", whole, "--data", house.Folder);
        Assert.True(code == ExitCode.Done, output + errors);
        Assert.True((await BagValidator.ValidateAsync(whole, Cancellation)).IsValid);
        Directory.Delete(folder, recursive: true);
    }

    private async Task AssertWholeAsync(KilledHouse house)
    {
        var there = await house.QueryAsync(context => context.Objects.Select(one => one.Id).ToListAsync(Cancellation));
        Assert.Equal(_accepted.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
        var report = await OcflRootValidator.ValidateAsync(Path.Combine(house.Folder, "storage"), null, Cancellation);
        Assert.True(!report.Findings.HasErrors, string.Join("; ", report.Findings.Kept));
        Assert.Equal(_accepted.Count, report.Objects);
        foreach (var id in _accepted)
        {
            using var answer = await house.Client.GetAsync(new Uri($"/api/objects/{id}", UriKind.Relative), Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task UntilKilledAsync(KilledHouse house, TimeSpan after, Task work)
    {
        await Task.Delay(after, Cancellation);
        await house.KillAsync();
        try
        {
            await work;
        }
        catch (HttpRequestException)
        {
            // The line was cut.
        }
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isGood)
    {
        for (var tries = 0; ; tries++)
        {
            var seen = await look();
            if (isGood(seen))
            {
                return seen;
            }

            Assert.True(tries < 300, $"It does not come to what is expected: {seen}");
            await Task.Delay(200, Cancellation);
        }
    }
}
