using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Storage;
using Preserve.Emulation.Machines;
using Preserve.Workers.Machines;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Machines;

public sealed class EnvironmentBuilderTests(StarterWorker starter) : IClassFixture<StarterWorker>
{
    private Worker Worker => starter.Worker;

    [Fact(Timeout = 60_000)]
    public async Task An_environment_becomes_a_machine_with_its_medium_in_its_bay()
    {
        var machine = (await BuildAsync("echo")).Machine!;

        Assert.Equal("pc-1981", machine.Definition.Profile.Id);
        var drive = Assert.Single(machine.Definition.Drives);
        Assert.Equal(("floppy0", BayKind.Floppy, ImageFormat.Raw), (drive.Bay, drive.Medium.Kind, drive.Medium.Format));
        Assert.True(File.Exists(drive.Medium.HostPath));
        Assert.Equal(BootSource.Floppy, machine.Definition.Boot);
        Assert.Empty(machine.Definition.Shelf);
    }

    [Fact(Timeout = 60_000)]
    public async Task Other_media_of_the_object_that_fit_a_removable_bay_lie_on_the_shelf()
    {
        var content = await AddMediumAsync("painter", "second.img", "floppy-1440K");
        await AddMediumAsync("painter", "disk.img", "harddisk");

        var machine = (await BuildAsync("painter")).Machine!;

        Assert.Equal(content, Assert.Single(machine.Definition.Shelf).Sha256);
    }

    [Fact(Timeout = 60_000)]
    public async Task Content_that_is_missing_from_storage_is_a_problem_in_words()
    {
        var path = (await BuildAsync("animation")).Machine!.Definition.Drives[0].Medium.HostPath;
        var aside = path + ".aside";
        File.Move(path, aside);

        var result = await BuildAsync("animation");

        File.Move(aside, path);
        Assert.Null(result.Machine);
        Assert.Contains("missing from storage", Assert.Single(result.Problems), StringComparison.Ordinal);
        Assert.False(result.IsUnavailable);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_build_that_is_not_installed_lies_with_the_host()
    {
        var result = await BuildAsync("echo", "qemu-0.0.1");

        Assert.True(result.IsUnavailable);
        Assert.Contains("qemu-0.0.1", result.Problems[0], StringComparison.Ordinal);
    }

    private Task<EnvironmentBuildResult> BuildAsync(string environment, string? build = null) =>
        Worker.Services.GetRequiredService<EnvironmentBuilder>()
            .BuildAsync(environment, build, TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);

    private async Task<string> AddMediumAsync(string objectId, string name, string kind)
    {
        using var bytes = new MemoryStream([.. Enumerable.Repeat((byte)kind.Length, 4096)]);
        var stored = await Worker.Services.GetRequiredService<IContentStore>().PutAsync(bytes, 1 << 20, CancellationToken.None);
        return await Worker.QueryAsync(async context =>
        {
            var medium = new Medium { ObjectId = objectId, Name = name, Kind = kind, Order = 2 };
            var representation = new Representation { Format = "raw" };
            representation.Files.Add(new StoredFile { Name = name, LengthInBytes = stored.LengthInBytes, Sha256 = stored.Sha256 });
            medium.Representations.Add(representation);
            context.Media.Add(medium);
            await context.SaveChangesAsync();
            return stored.Sha256;
        });
    }
}
