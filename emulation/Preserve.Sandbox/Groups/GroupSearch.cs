using System.Globalization;
using System.Text.RegularExpressions;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Groups;

/// <summary>Finds the control group (version 2) that this process is in, and whether the host has left it to us to divide.</summary>
/// <param name="ProcFolder"><c>/proc</c>, unless a test lays out another.</param>
/// <param name="IsDelegated">Whether whoever manages the host's groups gave this one away; asked as root, who may write everywhere.</param>
internal sealed partial record GroupSearch(string ProcFolder, Func<string, bool> IsDelegated)
{
    private const int Write = 2;

    /// <summary>On this host.</summary>
    public static GroupSearch OfHost { get; } = new("/proc", HasMark);

    /// <summary>The group's folder, or null and why none can be used, in words that a person can act on.</summary>
    public (string? Folder, string Reason) Find()
    {
        if (OwnFolder() is not { } folder || !Directory.Exists(folder))
        {
            return (null, "this host has no control groups of version 2 in sight");
        }

        // The root of all groups is nobody's to divide; only it lacks this file.
        if (!File.Exists(Path.Combine(folder, "cgroup.events")))
        {
            return (null, "the service is in no control group of its own; started by systemd with Delegate=memory pids it is");
        }

        var controllers = File.ReadAllText(Path.Combine(folder, "cgroup.controllers")).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (!controllers.Contains("memory") || !controllers.Contains("pids"))
        {
            return (null, $"the control group {folder} has no controllers memory and pids");
        }

        if (!IsDelegated(folder) || Libc.Access(Path.Combine(folder, "cgroup.subtree_control"), Write) != 0 || Libc.Access(folder, Write) != 0)
        {
            return (null, $"the control group {folder} is not delegated to the service; systemd does that with Delegate=memory pids");
        }

        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return File.ReadLines(Path.Combine(folder, "cgroup.procs")).All(process => process == own)
            ? (folder, "")
            : (null, $"other processes are in the control group {folder}");
    }

    private string? OwnFolder()
    {
        var own = ReadLines("self/cgroup").FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal))?["0::".Length..];
        var mount = ReadLines("self/mountinfo").Select(line => MountPattern().Match(line)).FirstOrDefault(match => match.Success)?.Groups["point"].Value;
        return own is null || mount is null ? null : Path.Join(mount, own).TrimEnd('/');
    }

    private IEnumerable<string> ReadLines(string name)
    {
        var path = Path.Combine(ProcFolder, name);
        return File.Exists(path) ? File.ReadLines(path) : [];
    }

    // Owning it is enough for an ordinary user; for root, systemd leaves a mark.
    private static bool HasMark(string folder) => Libc.GetEffectiveUserId() != 0
        || Libc.GetAttribute(folder, "user.delegate", out var user, 1) == 1 && user == (byte)'1'
        || Libc.GetAttribute(folder, "trusted.delegate", out var trusted, 1) == 1 && trusted == (byte)'1';

    // proc(5): id, parent, device, root, mount point, options, optional fields, a hyphen, type.
    [GeneratedRegex("^\\S+ \\S+ \\S+ \\S+ (?<point>\\S+) .* - cgroup2 ")]
    private static partial Regex MountPattern();
}
