using System.Runtime.InteropServices;

namespace Preserve.Workers.Tests.Running;

/// <summary>The processes of this host, as /proc tells.</summary>
internal static partial class HostProcesses
{
    /// <summary>Sandboxes that show a folder inside a given one, and everything that runs in them.</summary>
    public static IReadOnlyList<int> Of(string runFolder)
    {
        var all = ProcessList.All();
        var found = all.Where(pid => ProcessList.CommandOf(pid).Contains(runFolder, StringComparison.Ordinal)).ToHashSet();
        while (all.RemoveAll(pid => found.Contains(pid) | (found.Contains(ProcessList.ParentOf(pid)) && found.Add(pid))) > 0)
        {
        }

        return [.. found];
    }

    public static IReadOnlyList<int> EmulatorsOf(string runFolder) =>
        [.. Of(runFolder).Where(pid => ProcessList.NameOf(pid).StartsWith("qemu-system", StringComparison.Ordinal))];

    public static bool Exists(int pid) => Directory.Exists($"/proc/{pid}") && !ProcessList.StatusOf(pid).Contains(") Z", StringComparison.Ordinal);

    public static void Kill(int pid) => Assert.Equal(0, Kill(pid, 9));

    public static string Describe(int pid) => $"{pid}: {ProcessList.StatusOf(pid)} {ProcessList.CommandOf(pid)}";

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
