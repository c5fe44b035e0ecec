using System.Text;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Probing;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Probing;

namespace Preserve.Catalog.Tests.Carriers;

/// <summary>With the real tools in the real sandbox, read back by The Sleuth Kit.</summary>
public sealed class CarrierShelfTests(ProbeFixture fixture) : IClassFixture<ProbeFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(CarrierPlan.Floppy, "FAT12")]
    [InlineData(CarrierPlan.Disc, "ISO9660")]
    public async Task Files_are_read_back_from_the_carrier_that_they_were_put_on(string kind, string fileSystem)
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(services => Add(services));
        Pass(catalog.Options.DataFolder);
        var letter = await StoreAsync(catalog, "Dear archive, a long enough letter.");
        var notes = await StoreAsync(catalog, "notes");
        var plan = CarrierPlan.Of(kind, [new CarrierFile("Letter to the archive.txt", letter.Sha256, letter.LengthInBytes), new CarrierFile("NOTES.TXT", notes.Sha256, notes.LengthInBytes)])!;

        var made = await catalog.Get<CarrierShelf>().TakeAsync(plan, Cancellation);
        var again = await catalog.Get<CarrierShelf>().TakeAsync(plan, Cancellation);

        Assert.Equal(made, again);
        var characteriser = new Characteriser(fixture.Sandbox, fixture.Probe, new SignatureStore(new CatalogOptions { DataFolder = fixture.Folder }, fixture.Probe));
        var image = new ProbeFile(made.Path, "carrier");
        var (_, volumes) = await characteriser.ListAsync(image, Cancellation);
        var (volume, files) = volumes.First(one => one.Volume.FileSystem == fileSystem);
        var found = files.Entries.Single(entry => entry.Path.StartsWith("Letter", StringComparison.OrdinalIgnoreCase));
        using var copy = new MemoryStream();
        Assert.Equal("", await characteriser.CopyAsync(image, new FileToCopy(volume.OffsetInBytes, found.Address, found.LengthInBytes), copy, 1000, Cancellation));
        Assert.Equal("Dear archive, a long enough letter.", Encoding.ASCII.GetString(copy.ToArray()));
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(catalog.Options.DataFolder, "carriers")), path => path.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_is_not_in_storage_is_told_by_name_and_leaves_nothing()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(services => Add(services));
        var plan = CarrierPlan.Of(CarrierPlan.Floppy, [new CarrierFile("gone.txt", Samples.Digest, 5)])!;

        var problem = await Assert.ThrowsAsync<CarrierException>(() => catalog.Get<CarrierShelf>().TakeAsync(plan, Cancellation));

        Assert.Equal("'gone.txt' is missing from storage.", problem.Message);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(catalog.Options.DataFolder, "carriers")));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_killed_process_left_is_cleared_and_what_somebody_makes_is_not()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(services => Add(services));
        var folder = catalog.Get<CarrierFolder>();
        var (killed, alive) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        using var held = folder.Hold(alive);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, $"{killed}.lock"), "", Cancellation);
        foreach (var name in new[] { killed, alive })
        {
            await File.WriteAllTextAsync(folder.UnfinishedPath(name), "half", Cancellation);
            Directory.CreateDirectory(CarrierFolder.WorkFolder(name));
        }

        try
        {
            folder.ClearLeftovers();

            Assert.Equal([$"{alive}.lock", $"{alive}.new"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal((false, true), (Directory.Exists(CarrierFolder.WorkFolder(killed)), Directory.Exists(CarrierFolder.WorkFolder(alive))));
        }
        finally
        {
            Directory.Delete(CarrierFolder.WorkFolder(alive));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task The_reserve_of_the_disk_is_not_given_to_a_carrier()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(services =>
        {
            Add(services);
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(services, new Catalog.Ingest.IngestOptions { FreeSpaceReserveInBytes = 1L << 60 });
        });
        var letter = await StoreAsync(catalog, "letter");
        var plan = CarrierPlan.Of(CarrierPlan.Floppy, [new CarrierFile("letter.txt", letter.Sha256, letter.LengthInBytes)])!;

        var problem = await Assert.ThrowsAsync<CarrierException>(() => catalog.Get<CarrierShelf>().TakeAsync(plan, Cancellation));

        Assert.Contains("no room for a carrier", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(catalog.Get<CarrierFolder>().Path));
    }

    private void Add(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
        Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(services, fixture.Sandbox);

    private static void Pass(string folder) => File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);

    private static Task<StoredContent> StoreAsync(TestCatalog catalog, string text) =>
        catalog.Get<IContentStore>().PutAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), 1000, Cancellation);
}
