using System.Globalization;
using System.Runtime.InteropServices;

namespace Preserve.Workers.Tests.Running;

/// <summary>The processes of this host, as /proc tells.</summary>
internal static partial class HostProcesses
{
    /// <summary>Sandboxes that show a folder inside a given one, and everything that runs in them.</summary>
    public static IReadOnlyList<int> Of(string runFolder)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).ToList();
        var found = all.Where(pid => Read(pid, "cmdline").Contains(runFolder, StringComparison.Ordinal)).ToHashSet();
        while (all.RemoveAll(pid => found.Contains(pid) | (found.Contains(ParentOf(pid)) && found.Add(pid))) > 0)
        {
        }

        return [.. found];
    }

    public static IReadOnlyList<int> EmulatorsOf(string runFolder) =>
        [.. Of(runFolder).Where(pid => Read(pid, "comm").StartsWith("qemu-system", StringComparison.Ordinal))];

    public static bool Exists(int pid) => Directory.Exists($"/proc/{pid}") && !Read(pid, "stat").Contains(") Z", StringComparison.Ordinal);

    public static void Kill(int pid) => Assert.Equal(0, Kill(pid, 9));

    public static string Describe(int pid) => $"{pid}: {Read(pid, "stat")} {Read(pid, "cmdline").Replace('\0', ' ')}";

    private static int ParentOf(int pid)
    {
        var stat = Read(pid, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
