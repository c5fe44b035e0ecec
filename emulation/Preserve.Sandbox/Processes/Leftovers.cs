using System.Globalization;
using Microsoft.Extensions.Logging;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Processes;

/// <summary>
/// Ends what a killed host left. Sandboxes die with their host, but for a window of microseconds: killed between making
/// process 1 and letting it go on, bubblewrap leaves that one waiting, without a program, for ever.
/// </summary>
internal static class Leftovers
{
    private const string Prefix = "PRESERVE_HOST";

    private static readonly string? s_namespace = new FileInfo("/proc/self/ns/pid").LinkTarget?.Trim("pid:[]".ToCharArray());

    /// <summary>
    /// The name of a variable that does not exist, which bubblewrap is asked to unset: it does nothing but stand in the list
    /// of processes, and tells the pid namespace, number and start of the host that a sandbox belongs to.
    /// </summary>
    public static string Mark { get; } = MarkOf(Environment.ProcessId);

    /// <summary>Kills every marked process of our pid namespace whose host is gone. Those of living hosts are left alone.</summary>
    public static void End(ILogger logger)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) || !IsLeftover(id))
            {
                continue;
            }

            using var process = ProcessHandle.TryOpen(id);

            // Looked at again by descriptor in hand: the number cannot have changed its meaning now.
            if (process is not null && IsLeftover(id) && process.Send(Libc.SigKill))
            {
                logger.LogWarning("Process {ProcessId}, left by a host that was killed, is ended", id);
            }
        }
    }

    private static bool IsLeftover(int id)
    {
        var mark = ReadArguments(id).FirstOrDefault(argument => argument.StartsWith($"{Prefix}_{s_namespace}_", StringComparison.Ordinal));
        return mark is not null && int.TryParse(mark.Split('_')[3], CultureInfo.InvariantCulture, out var host) && MarkOf(host) != mark;
    }

    private static string MarkOf(int host) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}_{s_namespace}_{host}_{ProcessHandle.StartOf(host)}");

    private static string[] ReadArguments(int id)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/cmdline")).Split('\0');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone, or not ours to look at.
            return [];
        }
    }
}
