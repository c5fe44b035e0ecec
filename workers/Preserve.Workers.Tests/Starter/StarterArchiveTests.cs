using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Preserve.Workers.Starter;

namespace Preserve.Workers.Tests.Starter;

public sealed class StarterArchiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-starter-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task Every_medium_of_the_starter_archive_has_the_size_and_digest_that_its_manifest_states()
    {
        await StarterArchive.BuildAsync(_folder, TestContext.Current.CancellationToken);

        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "archive.json"), TestContext.Current.CancellationToken))!;
        var media = manifest["objects"]!.AsArray().SelectMany(entry => entry!["media"]!.AsArray()).ToList();
        Assert.NotEmpty(media);
        foreach (var medium in media)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(_folder, (string)medium!["file"]!), TestContext.Current.CancellationToken);
            Assert.Equal((long)medium["size"]!, bytes.LongLength);
            Assert.Equal((string?)medium["sha256"], Convert.ToHexStringLower(SHA256.HashData(bytes)));
            Assert.Null(medium["from"]);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task The_guests_written_here_are_always_in_it()
    {
        var result = await StarterArchive.BuildAsync(_folder, TestContext.Current.CancellationToken);

        Assert.All(["echo", "animation", "balls", "modes", "tune", "painter", "diskwriter", "flash"], name => Assert.True(File.Exists(Path.Combine(_folder, $"{name}.img"))));
        Assert.All(result.LeftOut, problem => Assert.Contains("install the package", problem, StringComparison.Ordinal));
    }
}
