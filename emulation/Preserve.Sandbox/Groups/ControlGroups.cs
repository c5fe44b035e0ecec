using System.Globalization;

namespace Preserve.Sandbox.Groups;

/// <summary>
/// The control groups of this process's sandboxes, one each, below the group that the host delegated. They bound memory and processes of a
/// sandbox as a whole; what bounds single processes holds beside them. Safe for concurrent callers.
/// </summary>
/// <remarks>cgroup v2: a group that divides itself holds no process (the rule of no internal processes), so this one moves into a group of its own first.</remarks>
internal sealed class ControlGroups
{
    private const string Prefix = "sandbox-";

    private static readonly Lazy<(ControlGroups? Groups, string Reason)> s_ofThisProcess = new(() => Take(GroupSearch.OfHost));

    private readonly string _folder;
    private int _count;

    private ControlGroups(string folder) => _folder = folder;

    /// <summary>Those of this process; taken once. Null where the host delegates none, with the reason.</summary>
    public static (ControlGroups? Groups, string Reason) OfThisProcess => s_ofThisProcess.Value;

    /// <summary>Takes over the delegated group: moves this process aside, lets the controllers through, and removes what an earlier one left.</summary>
    public static (ControlGroups? Groups, string Reason) Take(GroupSearch search)
    {
        try
        {
            var (folder, reason) = search.Find();
            if (folder is null)
            {
                return (null, reason);
            }

            var own = Path.Combine(folder, "service");
            Directory.CreateDirectory(own);
            Write(own, "cgroup.procs", Environment.ProcessId);
            File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "+memory +pids");
            foreach (var left in Directory.EnumerateDirectories(folder, $"{Prefix}*"))
            {
                SandboxGroup.TryRemove(left);
            }

            return (new ControlGroups(folder), "");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, $"the control group cannot be divided: {problem.Message}");
        }
    }

    /// <summary>Makes the group of one sandbox, with its bounds in force. The caller removes it when every process in it is gone.</summary>
    /// <param name="bounds">Memory and processes are taken from here.</param>
    /// <param name="temporaryFolderLengthInBytes">Counted as memory by the kernel, and granted beside the program's.</param>
    /// <exception cref="SandboxException">The host refused.</exception>
    public SandboxGroup Make(SandboxBounds bounds, long temporaryFolderLengthInBytes)
    {
        var folder = Path.Combine(
            _folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _count)}"));
        try
        {
            Directory.CreateDirectory(folder);
            Write(folder, "memory.max", bounds.MemoryInBytes + temporaryFolderLengthInBytes);
            // Where the host has no swap there is no such file. What would be swapped is not given.
            if (File.Exists(Path.Combine(folder, "memory.swap.max")))
            {
                Write(folder, "memory.swap.max", 0);
            }

            // Half a sandbox is of no use to anybody.
            Write(folder, "memory.oom.group", 1);
            Write(folder, "pids.max", bounds.Processes + SandboxGroup.OwnProcesses);
            return new SandboxGroup(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            SandboxGroup.TryRemove(folder);
            throw new SandboxException($"The control group {folder} cannot be made: {problem.Message}", problem);
        }
    }

    private static void Write(string folder, string name, long value) =>
        File.WriteAllText(Path.Combine(folder, name), value.ToString(CultureInfo.InvariantCulture));
}
