namespace Preserve.Sandbox.Groups;

/// <summary>The control group of one sandbox. Its first process enters it by itself, before it starts any other.</summary>
internal sealed class SandboxGroup(string folder)
{
    /// <summary>What the chain of programs needs beside the sandboxed program: bubblewrap outside and inside.</summary>
    public const int OwnProcesses = 2;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private const int Tries = 100;

    /// <summary>Whoever writes 0 to this file enters the group.</summary>
    public string DoorPath => Path.Combine(folder, "cgroup.procs");

    /// <summary>Whether the kernel ended processes in it because it had no memory left.</summary>
    public bool HasRunOutOfMemory
    {
        get
        {
            try
            {
                return File.ReadLines(Path.Combine(folder, "memory.events"))
                    .Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line != "oom_kill 0");
            }
            catch (IOException)
            {
                // It is gone, or was never whole: nothing can be said.
                return false;
            }
        }
    }

    /// <summary>Removes the group once its last process has been reaped, which the kernel does in its own time.</summary>
    public async Task RemoveAsync(TimeProvider time)
    {
        for (var attempt = 0; attempt < Tries && !TryRemove(folder); attempt++)
        {
            await Task.Delay(s_pause, time).ConfigureAwait(false);
        }
    }

    /// <summary>False while a process is in it.</summary>
    public static bool TryRemove(string folder)
    {
        // rmdir(2) takes a group away with the files the kernel shows in it; deleting those is not possible and not needed.
        return Host.Libc.RemoveDirectory(folder) == 0 || !Directory.Exists(folder);
    }
}
