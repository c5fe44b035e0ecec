namespace Preserve.Catalog.Tests.Import;

/// <summary>The archive of real systems beside the checkout, where there is one.</summary>
internal static class SharedArchive
{
    /// <summary>Its folder; skips where there is none, for it is too large to be part of the sources.</summary>
    public static string Require()
    {
        var folder = Candidates().FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "archive.json")));
        Assert.SkipWhen(folder is null, "There is no shared/archive beside the checkout; PRESERVE_SHARED can name its parent.");
        return folder!;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("PRESERVE_SHARED") is { Length: > 0 } shared)
        {
            yield return Path.Combine(shared, "archive");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "shared", "archive");
        }
    }
}
