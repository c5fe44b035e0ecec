using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Import;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Import;

/// <summary>What a kill leaves is what is on disk at that moment, so a copy of the data folder, made in the middle, is looked at.</summary>
public sealed class KilledImportTests : IDisposable
{
    private readonly string _copy = Directory.CreateTempSubdirectory("preserve-killed-").FullName;

    private readonly TestArchive _archive = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _archive.Dispose();
        Directory.Delete(_copy, recursive: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_next_start_clears_what_a_killed_import_staged_and_nothing_else()
    {
        await RunAndCopyInTheMiddleAsync();
        await using var services = Services();
        Assert.NotEmpty(ImportSetting.Leftovers(_copy));

        await services.GetRequiredService<ObjectStorage>().RecoverAsync(Cancellation);

        Assert.Single(ImportSetting.Stored(_copy));
        Assert.Empty(ImportSetting.Leftovers(_copy));
        await using var context = await services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(Cancellation);
        Assert.Equal("game", (await context.Objects.SingleAsync(Cancellation)).Id);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_same_import_after_a_kill_is_complete()
    {
        await RunAndCopyInTheMiddleAsync();
        await using var services = Services();

        var result = await services.GetRequiredService<ArchiveImporter>().ImportAsync(_archive.Write(), null, Cancellation);

        Assert.Empty(result.Problems);
        Assert.Equal((2, 1), (result.ObjectsAdded, result.ObjectsUnchanged));
        Assert.Equal(3, ImportSetting.Stored(_copy).Count);
        Assert.Empty(ImportSetting.Leftovers(_copy));
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection().AddLogging();
        new SqliteEngine().Register(services, new CatalogOptions { DataFolder = _copy });
        ImportSetting.Add(services);
        return services.BuildServiceProvider();
    }

    // "game" is in the catalog, "second" is stored, "third" is about to be read.
    private async Task RunAndCopyInTheMiddleAsync()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        var importer = catalog.Get<ArchiveImporter>();
        await importer.ImportAsync(_archive.Write(), null, Cancellation);
        _archive.Objects.Add((JsonNode)_archive.MakeObject("second"));
        _archive.Objects.Add((JsonNode)_archive.MakeObject("third"));
        await importer.ImportAsync(_archive.Write(), new CopyAt("third", catalog.Options.DataFolder, _copy), Cancellation);
    }

    private sealed class CopyAt(string entry, string from, string to) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Entry.Contains(entry, StringComparison.Ordinal) && !File.Exists(Path.Combine(to, "catalog.db")))
            {
                foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
                {
                    var target = Path.Combine(to, Path.GetRelativePath(from, file));
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    Copy(file, target);
                }
            }
        }

        private static void Copy(string file, string target)
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = File.Create(target);
            source.CopyTo(copy);
        }
    }
}
