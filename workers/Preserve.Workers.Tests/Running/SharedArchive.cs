using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Import;

namespace Preserve.Workers.Tests.Running;

/// <summary>The archive of real systems that may lie beside the checkout and that we may not ship.</summary>
internal static class SharedArchive
{
    /// <summary>Its folder; null where there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PRESERVE_SHARED") is { Length: > 0 } shared)
        {
            return Candidate(shared);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Candidate(Path.Combine(folder.FullName, "shared")) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Its folder; skips the test where there is none.</summary>
    public static string Require()
    {
        var archive = Find();
        Assert.SkipWhen(archive is null, "There is no shared/archive beside the checkout; PRESERVE_SHARED can name its parent.");
        return archive!;
    }

    /// <summary>Imports some of its objects.</summary>
    public static async Task ImportAsync(Worker worker, string archive, params string[] objects)
    {
        var folder = Directory.CreateTempSubdirectory("preserve-shared-").FullName;
        try
        {
            var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(archive, "archive.json")))!;
            manifest["objects"]!.AsArray().RemoveAll(item => !objects.Contains((string)item!["id"]!));
            foreach (var medium in manifest["objects"]!.AsArray().SelectMany(item => item!["media"]!.AsArray()))
            {
                File.Copy(Path.Combine(archive, (string)medium!["file"]!), Path.Combine(folder, (string)medium["file"]!));
            }

            await File.WriteAllTextAsync(Path.Combine(folder, "archive.json"), manifest.ToJsonString());
            var result = await worker.Services.GetRequiredService<ArchiveImporter>().ImportAsync(folder, null, CancellationToken.None);
            Assert.Empty(result.Problems);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Candidate(string shared) =>
        Path.Combine(shared, "archive") is var folder && File.Exists(Path.Combine(folder, "archive.json")) ? folder : null;
}
