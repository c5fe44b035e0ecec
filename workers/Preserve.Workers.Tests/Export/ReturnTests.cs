using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Ingest.Bags;
using Preserve.Catalog.Ocfl.Validation;
using Preserve.Workers.Export;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Export;

/// <summary>A bag that was exported comes back into another house.</summary>
public sealed class ReturnTests(StarterWorker starter) : IClassFixture<StarterWorker>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-return-").FullName;
    private readonly string _data = StarterWorker.NewFolder();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_data, recursive: true);
    }

    [Fact(Timeout = 180_000)]
    public async Task Everything_comes_back_but_that_exhibits_wait_to_be_published_and_a_second_time_changes_nothing()
    {
        var bag = Path.Combine(_folder, "bag");
        await ActivatorUtilities.CreateInstance<ArchiveExporter>(starter.Worker.Services).ExportAsync(null, bag, Cancellation);
        await using var other = await Worker.StartAsync(_data);
        var intake = other.Services.GetRequiredService<BagIntake>();

        var first = await intake.IngestFolderAsync(bag, null, Actor.CommandLine, null, Cancellation);
        var second = await intake.IngestFolderAsync(bag, null, Actor.CommandLine, null, Cancellation);

        Assert.Empty(first.Problems);
        Assert.Empty(second.Problems);
        Assert.Empty(second.Accepted);
        Assert.Equal(first.Accepted, second.AlreadyThere);
        Assert.True(first.Accepted.Count > 1);
        foreach (var id in first.Accepted)
        {
            var (sent, back) = (await DescribeAsync(starter.Worker, id), await DescribeAsync(other, id));
            Assert.Equal(["validation", "ingestion"], back.Events.Skip(sent.Events.Count).Select(one => one.Type));
            var expected = sent with { Exhibits = [.. sent.Exhibits.Select(one => one with { IsPublished = false })], Events = [] };
            Assert.Equal(System.Text.Encoding.UTF8.GetString(expected.ToJson()), System.Text.Encoding.UTF8.GetString((back with { Events = [] }).ToJson()));
            Assert.Equal(sent.Events, back.Events.Take(sent.Events.Count));
        }

        var report = await OcflRootValidator.ValidateAsync(Path.Combine(_data, "storage"), null, Cancellation);
        Assert.False(report.Findings.HasErrors);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_description_that_names_other_bytes_brings_nothing_back()
    {
        var bag = Path.Combine(_folder, "bag");
        await ActivatorUtilities.CreateInstance<ArchiveExporter>(starter.Worker.Services).ExportAsync("echo", bag, Cancellation);
        await using var other = await Worker.StartAsync(_data);
        var path = Path.Combine(bag, "data/objects/echo/description.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Cancellation)).Replace("\"media/echo.img/echo.img\"", "\"../../../bagit.txt\"", StringComparison.Ordinal), Cancellation);
        await ManifestAgainAsync(bag);

        var result = await other.Services.GetRequiredService<BagIntake>().IngestFolderAsync(bag, null, Actor.CommandLine, null, Cancellation);

        Assert.Contains(result.Problems, problem => problem.Contains("is not in the bag", StringComparison.Ordinal));
        Assert.Equal(0, await other.QueryAsync(context => Task.FromResult(context.Objects.Count() + context.Uploads.Count())));
    }

    private static Task<ObjectDescription> DescribeAsync(Worker worker, string id) => worker.QueryAsync(context => DescriptionOfRows.DescribeAsync(context, id, Cancellation));

    // Whoever changes a bag can make its manifests anew.
    private static async Task ManifestAgainAsync(string bag)
    {
        foreach (var name in Directory.GetFiles(bag, "*manifest-*.txt").Concat([Path.Combine(bag, "bag-info.txt")]))
        {
            File.Delete(name);
        }

        var lines = Directory.GetFiles(Path.Combine(bag, "data"), "*", SearchOption.AllDirectories)
            .Select(file => $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}  {Path.GetRelativePath(bag, file)}\n");
        await File.WriteAllTextAsync(Path.Combine(bag, "manifest-sha256.txt"), string.Concat(lines), Cancellation);
    }
}
