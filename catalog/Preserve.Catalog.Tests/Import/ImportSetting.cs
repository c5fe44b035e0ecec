using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Tests.Engines;
using Preserve.Sandbox;

namespace Preserve.Catalog.Tests.Import;

/// <summary>What an importer needs beside its catalog, and what tests look at afterwards.</summary>
internal static class ImportSetting
{
    private static readonly string[] Work = ["writers", "journal"];

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

    /// <summary>Media in storage, by path.</summary>
    public static IReadOnlyList<string> Stored(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "storage");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => file.Contains("/content/media/", StringComparison.Ordinal))]
            : [];
    }

    /// <summary>Unfinished work beside storage.</summary>
    public static IReadOnlyList<string> Leftovers(string dataFolder) =>
    [
        .. from folder in Work
           let path = Path.Combine(dataFolder, "storage.work", folder)
           where Directory.Exists(path)
           from entry in Directory.EnumerateFileSystemEntries(path)
           select entry,
    ];
}
