using System.Diagnostics;
using System.Globalization;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Ocfl.Validation;

namespace Preserve.Catalog.Tests.Ocfl;

/// <summary>Kills a real writer at random moments. Ten seeds; a hundred with PRESERVE_SOAK=1.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-killed-").FullName;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("PRESERVE_SOAK") == "1" ? 100 : 10)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Root => Path.Combine(_folder, "storage");

    private string Accepted => Path.Combine(_folder, "accepted");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(Seeds))]
    public async Task After_recovery_every_object_validates_and_no_version_that_was_told_is_missing(int seed)
    {
        Directory.CreateDirectory(Accepted);
        var storage = new OcflStorage(Root, (id, _) => Task.FromResult(File.Exists(Path.Combine(Accepted, id))), TimeProvider.System);
        storage.Create();
        var random = new Random(seed);
        var told = new Dictionary<string, string>();

        // Twice: the second writer goes on from what the first one left.
        for (var life = 0; life < 2; life++)
        {
            await WriteAndKillAsync(storage, random, told);
            await storage.RecoverAsync(Cancellation);
            await CheckAsync(storage, told);
        }
    }

    private async Task WriteAndKillAsync(OcflStorage storage, Random random, Dictionary<string, string> told)
    {
        using var writer = Start(random.Next());
        var commits = random.Next(1, 15);
        for (var line = 0; line < commits && await writer.StandardOutput.ReadLineAsync(Cancellation) is { } text; line++)
        {
            var (id, version) = (text.Split(' ')[0], text.Split(' ')[1]);
            told[id] = version;

            // In the middle of whatever the writer does now.
            CheckReadable(storage, id, version);
        }

        var beganAt = Stopwatch.GetTimestamp();
        var delay = TimeSpan.FromMilliseconds(random.NextDouble() * 40);
        while (Stopwatch.GetElapsedTime(beganAt) < delay)
        {
            told.ToList().ForEach(pair => CheckReadable(storage, pair.Key, pair.Value));
        }

        writer.Kill();
        await writer.WaitForExitAsync(Cancellation);
    }

    private static void CheckReadable(OcflStorage storage, string id, string version)
    {
        var inventory = storage.FindInventory(id);
        Assert.NotNull(inventory);
        Assert.Contains(version, inventory.Versions.Keys);
        var digests = inventory.Versions[version].State.Keys;
        Assert.All(digests, digest => Assert.True(File.Exists(Path.Combine(storage.Root, OcflStorage.PathOf(id), inventory.Manifest[digest][0]))));
    }

    private async Task CheckAsync(OcflStorage storage, Dictionary<string, string> told)
    {
        var report = await OcflRootValidator.ValidateAsync(Root, null, Cancellation);
        Assert.Empty(report.Findings.Kept);
        told.ToList().ForEach(pair => CheckReadable(storage, pair.Key, pair.Value));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine($"{Root}.work", "writers")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine($"{Root}.work", "journal")));
    }

    private Process Start(int seed)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Preserve.Catalog.Tests.Host.dll"));
        start.ArgumentList.Add(Root);
        start.ArgumentList.Add(Accepted);
        start.ArgumentList.Add(seed.ToString(CultureInfo.InvariantCulture));
#pragma warning disable RS0030 // The product starts processes in the sandbox only; this one must die.
        return Process.Start(start)!;
#pragma warning restore RS0030
    }
}
