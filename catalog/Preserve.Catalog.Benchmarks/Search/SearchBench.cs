using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Search;
using Preserve.Catalog.Sqlite;

namespace Preserve.Catalog.Benchmarks.Search;

/// <summary>
/// Makes a catalog of many objects in a folder, and measures searches and lists in this process, as Markdown on standard output.
/// What is over HTTP is measured by <c>web/bench</c> on the same folder, with the token that is written beside it.
/// </summary>
internal static class SearchBench
{
    private const int Rounds = 40;

    private static readonly (string Name, string? Text)[] s_searches =
    [
        ("list", null), ("a word that nearly all have", "disk"), ("two frequent words", "system windows"), ("a beginning of two letters", "di"), ("a rare word", "zarquiten"),
        ("a maker with accents", "brøderbund"), ("a file", "disk77"), ("a slip", "windwos"), ("nothing", "xyzzyxyzzy"),
    ];

    public static async Task RunAsync(string folder, int objects, int exhibits)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddPreserveCatalogSqlite(new CatalogOptions { DataFolder = folder });
        await using var provider = services.BuildServiceProvider();
        var made = new MadeCatalog(provider, objects, exhibits);
        var rows = await TimeAsync(() => made.MakeAsync(CancellationToken.None));
        var index = await TimeAsync(() => provider.GetRequiredService<SearchIndexer>().CatchUpAsync(int.MaxValue, CancellationToken.None));
        await File.WriteAllTextAsync(Path.Combine(folder, "bench-token"), await made.MakeCuratorAsync(CancellationToken.None));
        var search = provider.GetRequiredService<CatalogSearch>();
        var first = await TimeAsync(() => search.FindAsync(Request(null, null), CancellationToken.None));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{objects} objects and {exhibits} exhibits: rows {rows.TotalSeconds:0} s, index {index.TotalSeconds:0} s, first search of a process {first.TotalMilliseconds:0} ms; catalog.db {new FileInfo(Path.Combine(folder, "catalog.db")).Length / 1e6:0} MB, memory {Environment.WorkingSet / 1e6:0} MB\n"));
        Console.WriteLine("| in this process | results | p50 (ms) | p95 | most | processor, mean (ms) |\n|---|---|---|---|---|---|");
        foreach (var (name, text) in s_searches)
        {
            await MeasureAsync($"curator, {name}", search, Request(text, null));
            await MeasureAsync($"visitor, {name}", search, Request(text, exhibit => exhibit.IsPublished && exhibit.Audience == Audience.Public));
        }

        var filters = new Dictionary<FacetKind, string> { [FacetKind.Era] = "1990", [FacetKind.Format] = "fmt/468" };
        await MeasureAsync("curator, list with two filters", search, Request(null, null) with { Filters = filters });
        await MeasureAsync("curator, far down the list", search, Request(null, null) with { Skip = objects / 2 });
    }

    private static SearchRequest Request(string? text, System.Linq.Expressions.Expression<Func<Exhibit, bool>>? open) =>
        new() { Subject = SearchSubject.Objects, Open = open, Text = text, Take = 50, Order = SearchOrder.Newest };

    private static async Task MeasureAsync(string name, CatalogSearch search, SearchRequest request)
    {
        var times = new List<double>();
        var total = 0;
        var processor = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < Rounds; round++)
        {
            var beganAt = Stopwatch.GetTimestamp();
            total = (await search.FindAsync(request, CancellationToken.None)).Total;
            times.Add(Stopwatch.GetElapsedTime(beganAt).TotalMilliseconds);
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {total} | {times[Rounds / 2]:0} | {times[Rounds * 95 / 100]:0} | {times[^1]:0} | {processor.TotalMilliseconds / Rounds:0} |"));
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var beganAt = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(beganAt);
    }
}
