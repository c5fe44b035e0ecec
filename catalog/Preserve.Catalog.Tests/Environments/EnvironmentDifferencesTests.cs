using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Characterisation;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Probing;
using Preserve.Sandbox;

namespace Preserve.Catalog.Tests.Environments;

public sealed class EnvironmentDifferencesTests : IClassFixture<ProbeFixture>
{
    private readonly ProbeFixture _fixture;
    private readonly string _folder;

    public EnvironmentDifferencesTests(ProbeFixture fixture)
    {
        _fixture = fixture;
        _folder = Directory.CreateDirectory(Path.Combine(fixture.Folder, $"{Guid.NewGuid():N}")).FullName;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Files_that_came_went_or_changed_are_told_over_two_overlays()
    {
        await new MediaTools(_folder).RunAsync("""
            mformat -C -f 1440 -i base ::
            printf 'one' > a
            mcopy -i base a ::stays.txt
            mcopy -i base a ::goes.txt
            mcopy -i base a ::grows.txt
            cp base second
            mdel -i second ::goes.txt
            qemu-img convert -f raw -O qcow2 -B base -F raw second child
            cp second third
            printf 'much more' > b
            mcopy -o -i third b ::grows.txt
            mcopy -i third b ::new.txt
            qemu-img convert -f raw -O qcow2 -B child -F qcow2 third grandchild
            """);
        await using var catalog = await OpenAsync();
        var differences = catalog.Get<EnvironmentDifferences>();

        var child = await differences.FindAsync("child", Cancellation);
        var grandchild = await differences.FindAsync("grandchild", Cancellation);

        Assert.Equal([("goes.txt", FileChange.Removed, (long?)3, (long?)null)], child!.Files.Select(file => (file.Path, file.Change, file.LengthBefore, file.LengthNow)));
        Assert.Equal(
            [("grows.txt", FileChange.Changed, 3, 9), ("new.txt", FileChange.Added, (long?)null, 9)],
            grandchild!.Files.Select(file => (file.Path, file.Change, file.LengthBefore, file.LengthNow)));
        Assert.Empty(grandchild.Remarks);
        Assert.Null(await differences.FindAsync("base", Cancellation));
    }

    private async Task<TestCatalog> OpenAsync()
    {
        var catalog = await new SqliteEngine().CreateCatalogAsync(services => services
            .AddSingleton<ISandbox>(_fixture.Sandbox).AddSingleton(_fixture.Probe)
            .AddSingleton(new SignatureStore(new CatalogOptions { DataFolder = _fixture.Folder }, _fixture.Probe)));
        File.SetUnixFileMode(catalog.Options.DataFolder, File.GetUnixFileMode(catalog.Options.DataFolder) | UnixFileMode.OtherExecute);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        context.Add(Samples.Profile());
        context.Add(Samples.Object("a"));
        string? below = null;
        string? parent = null;
        foreach (var (order, name) in ((string[])["base", "child", "grandchild"]).Index())
        {
            await using var file = File.OpenRead(Path.Combine(_folder, name));
            var stored = await catalog.Get<FileContentStore>().PutAsync(file, file.Length, Cancellation);
            var form = new Representation { Format = below is null ? "raw" : "qcow2", BackingSha256 = below };
            form.Files.Add(new StoredFile { Name = name, LengthInBytes = stored.LengthInBytes, Sha256 = stored.Sha256 });
            var medium = new Medium { ObjectId = "a", Name = name, Kind = "floppy-1440K", Order = order + 1 };
            medium.Representations.Add(form);
            context.Add(medium);
            await context.SaveChangesAsync(Cancellation);
            var environment = Samples.Environment(name, "a", parent);
            environment.Drives.Add(new EnvironmentDrive { EnvironmentId = name, Bay = "floppy0", MediumId = medium.Id });
            context.Add(environment);
            await context.SaveChangesAsync(Cancellation);
            (below, parent) = (stored.Sha256, name);
        }

        return catalog;
    }
}
