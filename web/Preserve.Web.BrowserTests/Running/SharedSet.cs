using System.Diagnostics;
using System.Text.Json.Nodes;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.BrowserTests.Running;

/// <summary>One object of the archive of real systems that lies beside the checkout, brought into a running service as an administrator would.</summary>
public static class SharedSet
{
    /// <summary>Imports the object with those of its media that the environment's set has. Skips where the archive is not there.</summary>
    public static async Task ImportAsync(RunningService service, string objectId, params string[] files)
    {
        var archive = Find();
        Assert.SkipWhen(archive is null && Environment.GetEnvironmentVariable("CI") != "true", "there is no shared/archive beside the checkout");
        Assert.NotNull(archive);
        var folder = Directory.CreateTempSubdirectory("preserve-set-");
        try
        {
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "archive.json"), Manifest(archive, objectId, files), TestContext.Current.CancellationToken);
            foreach (var file in files)
            {
                File.Copy(Path.Combine(archive, file), Path.Combine(folder.FullName, file));
            }

            await RunAsync(["import", folder.FullName, "--data", service.DataFolder]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Manifest(string archive, string objectId, string[] files)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(archive, "archive.json")))!;
        var entry = manifest["objects"]!.AsArray().Single(one => (string?)one!["id"] == objectId)!.DeepClone();
        var media = entry["media"]!.AsArray().Where(medium => files.Contains((string?)medium!["file"])).Select(medium => medium!.DeepClone()).ToArray();
        var names = media.Select(medium => (string?)medium["name"]).ToHashSet();
        entry["environments"] = new JsonArray([.. entry["environments"]!.AsArray()
            .Where(environment => environment!["drives"]!.AsObject().All(drive => names.Contains((string?)drive.Value)))
            .Select(environment => environment!.DeepClone())]);
        entry["media"] = new JsonArray(media);
        manifest["objects"] = new JsonArray(entry);
        return manifest.ToJsonString();
    }

    private static async Task RunAsync(string[] arguments)
    {
#pragma warning disable RS0030 // The test plays the user at the command line.
        using var process = Process.Start(new ProcessStartInfo(BuiltProgram.Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
#pragma warning restore RS0030
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, string.Concat(said));
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "archive");
            if (File.Exists(Path.Combine(candidate, "archive.json")))
            {
                return candidate;
            }
        }

        return null;
    }
}
