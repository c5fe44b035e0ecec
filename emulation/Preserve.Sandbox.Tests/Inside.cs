using Preserve.Sandbox.Processes;

namespace Preserve.Sandbox.Tests;

/// <summary>The host's look at what runs inside.</summary>
internal static class Inside
{
    /// <summary>Host ids of all processes below one.</summary>
    public static List<int> ProcessesOf(int processId) =>
        [.. ProcessHandle.ChildrenOf(processId).SelectMany(child => ProcessesOf(child).Prepend(child))];

    /// <summary>False for one that is gone or only waits to be collected.</summary>
    public static bool IsAlive(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The command line of every process of the host, its arguments separated by spaces.</summary>
    public static IEnumerable<string> AllCommandLines() => Directory.GetDirectories("/proc").Select(folder =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not a process, or gone.
            return "";
        }
    });
}
