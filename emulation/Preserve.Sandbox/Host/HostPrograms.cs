namespace Preserve.Sandbox.Host;

/// <summary>The host's own programs that a sandbox is made with. Found in fixed folders, never through PATH.</summary>
internal static class HostPrograms
{
    private static readonly string[] s_folders = ["/usr/bin", "/bin", "/usr/local/bin"];

    public static string? Bubblewrap => Find("bwrap");

    public static string? ResourceLimits => Find("prlimit");

    public static string? Privileges => Find("setpriv");

    /// <summary>Part of the base system; without it, background work runs at the usual priority.</summary>
    public static string? Priority => Find("nice");

    public static string? Shell => Find("sh");

    /// <summary>The missing ones, with the Debian package that holds each.</summary>
    public static IEnumerable<(string Program, string Package)> Missing()
    {
        if (Bubblewrap is null)
        {
            yield return ("bwrap", "bubblewrap");
        }

        if (ResourceLimits is null)
        {
            yield return ("prlimit", "util-linux");
        }

        if (Privileges is null)
        {
            yield return ("setpriv", "util-linux");
        }

        if (Shell is null)
        {
            yield return ("sh", "dash");
        }
    }

    private static string? Find(string name) =>
        s_folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
