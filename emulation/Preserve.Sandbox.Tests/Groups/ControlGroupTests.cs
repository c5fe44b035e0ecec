using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Sandbox.Groups;

namespace Preserve.Sandbox.Tests.Groups;

/// <summary>How a delegated group is taken and divided; and, where the host delegates one, its bounds from the inside.</summary>
public sealed class ControlGroupTests
{
    private const int Patience = 60_000;
    private const long MiB = 1024 * 1024;

    [Fact]
    public void A_group_that_was_delegated_is_found()
    {
        using var tree = new GroupTree();

        Assert.Equal((tree.Folder, ""), new GroupSearch(tree.ProcFolder, _ => true).Find());
    }

    [Theory]
    [InlineData("cgroup.events", null, "is in no control group of its own")]
    [InlineData("cgroup.controllers", "cpu pids\n", "no controllers memory and pids")]
    [InlineData("cgroup.procs", "1\n", "other processes are in the control group")]
    public void A_group_that_cannot_be_divided_is_told_with_the_reason(string file, string? text, string reason)
    {
        using var tree = new GroupTree();
        if (text is null)
        {
            tree.Remove(file);
        }
        else
        {
            tree.Put(file, text);
        }

        var found = new GroupSearch(tree.ProcFolder, _ => true).Find();

        Assert.Null(found.Folder);
        Assert.Contains(reason, found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_root_may_write_but_nobody_gave_away_is_left_alone()
    {
        using var tree = new GroupTree();

        var (groups, reason) = ControlGroups.Take(new GroupSearch(tree.ProcFolder, _ => false));

        Assert.Null(groups);
        Assert.Contains("is not delegated", reason, StringComparison.Ordinal);
        Assert.Equal("", tree.Text("cgroup.subtree_control"));
    }

    [Fact]
    public void Taking_a_group_moves_the_service_aside_and_clears_what_an_earlier_one_left()
    {
        using var tree = new GroupTree();
        Directory.CreateDirectory(Path.Combine(tree.Folder, "sandbox-1-1"));

        var (groups, _) = ControlGroups.Take(new GroupSearch(tree.ProcFolder, _ => true));

        Assert.NotNull(groups);
        Assert.Equal($"{Environment.ProcessId}", tree.Text("service", "cgroup.procs"));
        Assert.Equal("+memory +pids", tree.Text("cgroup.subtree_control"));
        Assert.False(Directory.Exists(Path.Combine(tree.Folder, "sandbox-1-1")));
    }

    [Fact(Timeout = Patience)]
    public async Task Each_sandbox_enters_a_group_of_its_own_that_bounds_it_as_a_whole()
    {
        Requirement.OfSandbox();
        using var tree = new GroupTree();
        var groups = ControlGroups.Take(new GroupSearch(tree.ProcFolder, _ => true)).Groups;
        var options = new SandboxOptions { TemporaryFolderLengthInBytes = 16 * MiB };
        using var sandbox = new BubblewrapSandbox(options, NullLogger.Instance, TimeProvider.System, () => groups);
        var spec = Probe.Spec("1");

        await using (var process = await sandbox.StartAsync(spec, TestContext.Current.CancellationToken))
        {
            Assert.Equal(0, (await process.Completion).ExitCode);
        }

        var group = $"sandbox-{Environment.ProcessId}-1";
        Assert.Equal("0\n", tree.Text(group, "cgroup.procs"));
        Assert.Equal($"{spec.Bounds.MemoryInBytes + 16 * MiB}", tree.Text(group, "memory.max"));
        Assert.Equal($"{spec.Bounds.Processes + 2}", tree.Text(group, "pids.max"));
        Assert.Equal("1", tree.Text(group, "memory.oom.group"));
    }

    [Fact(Timeout = Patience)]
    public async Task All_processes_together_stop_at_the_bound_on_memory()
    {
        Requirement.OfSandbox();
        Assert.SkipWhen(ControlGroups.OfThisProcess.Groups is null, $"No control group to test with: {ControlGroups.OfThisProcess.Reason}.");

        // Each child keeps to the bound of a process; four together are past that of the sandbox.
        var bound = Probe.Spec("1").Bounds.MemoryInBytes;
        var result = await Probe.RunAsync(Probe.Spec($"for (1..4) {{ if (!fork) {{ my $x = 'x' x {bound / 2}; sleep 60; exit }} }} sleep 60"));

        Assert.Equal(SandboxEndCause.MemoryUsedUp, result.Exit.Cause);
    }
}
