using Preserve.Catalog.Tests.Import;

namespace Preserve.Catalog.Tests.Ocfl;

/// <summary>The published conformance suites beside the checkout. Without them: a visible skip on a desk, a failure in CI.</summary>
internal static class SharedConformance
{
    /// <param name="suite">Such as <c>ocfl-1.0/bad-objects</c>.</param>
    /// <returns>The cases of the suite, each a folder.</returns>
    public static IReadOnlyList<DirectoryInfo> Require(string suite)
    {
        var folder = Candidates(suite).FirstOrDefault(Directory.Exists);
        ImportSetting.Require(folder is not null, $"There is no shared/conformance/{suite} beside the checkout; PRESERVE_SHARED can name its parent.");
        return [.. new DirectoryInfo(folder!).EnumerateDirectories().OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Candidates(string suite)
    {
        if (Environment.GetEnvironmentVariable("PRESERVE_SHARED") is { Length: > 0 } shared)
        {
            yield return Path.Combine(shared, "conformance", suite);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "shared", "conformance", suite);
        }
    }
}
