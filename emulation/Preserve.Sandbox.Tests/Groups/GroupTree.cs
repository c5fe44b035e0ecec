using System.Globalization;

namespace Preserve.Sandbox.Tests.Groups;

/// <summary>A host's control groups as plain files: what is read and written there, without the kernel behind it.</summary>
internal sealed class GroupTree : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("preserve-groups-").FullName;

    public GroupTree()
    {
        Directory.CreateDirectory(Path.Combine(ProcFolder, "self"));
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(ProcFolder, "self", "cgroup"), "3:cpuset:/\n0::/unit.service\n");
        File.WriteAllText(
            Path.Combine(ProcFolder, "self", "mountinfo"),
            $"31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw\n41 31 0:38 / {Path.Combine(_root, "groups")} rw,relatime shared:9 - cgroup2 cgroup2 rw\n");
        Put("cgroup.events", "populated 1\n");
        Put("cgroup.controllers", "cpu memory pids\n");
        Put("cgroup.subtree_control", "");
        Put("cgroup.procs", $"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}\n");
    }

    public string ProcFolder => Path.Combine(_root, "proc");

    /// <summary>The group this process is in.</summary>
    public string Folder => Path.Combine(_root, "groups", "unit.service");

    public string? Text(params string[] path) => File.Exists(Path.Combine([Folder, .. path])) ? File.ReadAllText(Path.Combine([Folder, .. path])) : null;

    public void Put(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    public void Remove(string name) => File.Delete(Path.Combine(Folder, name));

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
