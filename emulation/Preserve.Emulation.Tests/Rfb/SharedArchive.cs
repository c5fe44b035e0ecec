namespace Preserve.Emulation.Tests.Rfb;

/// <summary>The archive of real systems: where <c>PRESERVE_SHARED</c> says, else beside a folder above the tests.</summary>
internal static class SharedArchive
{
    /// <summary>Path of a file in it, or null.</summary>
    public static string? Find(string name) =>
        Candidates().Select(shared => Path.Combine(shared, "archive", name)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("PRESERVE_SHARED") is { Length: > 0 } set)
        {
            yield return set;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "shared");
        }
    }
}
