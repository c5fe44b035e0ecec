using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Tests.Engines;
using Preserve.Sandbox;

namespace Preserve.Catalog.Tests.Import;

/// <summary>What an importer needs beside its catalog, and what tests look at afterwards.</summary>
internal static class ImportSetting
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IProfileDirectory, TestProfiles>();
        services.AddSingleton<ISandbox>(_ => new BubblewrapSandbox(new SandboxOptions(), NullLogger.Instance));
    }

    /// <summary>Skips, or fails in CI, where programs cannot be sandboxed.</summary>
    public static async Task RequireSandboxAsync(this TestCatalog catalog)
    {
        var prevents = (await catalog.Get<ISandbox>().CheckAsync(TestContext.Current.CancellationToken)).Where(finding => finding.Prevents).ToList();
        Require(prevents.Count == 0, string.Join(" ", prevents.Select(finding => finding.Text)));
        Require(File.Exists("/usr/bin/xz"), "xz is missing. Install the package xz-utils.");
    }

    public static void Require(bool condition, string what)
    {
        if (!condition)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", what);
            Assert.Fail(what);
        }
    }

    /// <summary>Digests of everything in storage.</summary>
    public static IReadOnlyList<string> Stored(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "content", "sha256");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!)]
            : [];
    }

    /// <summary>Unfinished files and notes.</summary>
    public static IReadOnlyList<string> Leftovers(string dataFolder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(dataFolder), "import.journal"),
        .. Directory.Exists(Path.Combine(dataFolder, "content", "incoming"))
            ? Directory.EnumerateFiles(Path.Combine(dataFolder, "content", "incoming"), "*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "lock")
            : [],
    ];
}
