using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Processes;

/// <summary>A process by descriptor (pidfd), which unlike its number can never come to mean another process.</summary>
internal sealed class ProcessHandle : IDisposable
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    private readonly SafeFileHandle _handle;

    private ProcessHandle(SafeFileHandle handle, int processId) => (_handle, ProcessId) = (handle, processId);

    public int ProcessId { get; }

    /// <summary>True when it has ended. For process 1 of a pid namespace: when every process in there is gone.</summary>
    public unsafe bool HasEnded
    {
        get
        {
            var isReferenced = false;
            _handle.DangerousAddRef(ref isReferenced);
            try
            {
                var descriptor = new Libc.PollDescriptor { Descriptor = (int)_handle.DangerousGetHandle(), Events = Libc.PollIn };
                return Libc.Poll(&descriptor, 1, 0) > 0;
            }
            finally
            {
                _handle.DangerousRelease();
            }
        }
    }

    /// <summary>Null when there is no such process any more.</summary>
    public static ProcessHandle? TryOpen(int processId)
    {
        var descriptor = Libc.PidFdOpen(processId, 0);
        return descriptor < 0 ? null : new ProcessHandle(new SafeFileHandle(descriptor, ownsHandle: true), processId);
    }

    /// <summary>Sends a signal; false when the process has ended already.</summary>
    public bool Send(int signal)
    {
        try
        {
            return Libc.PidFdSendSignal(_handle, signal, 0, 0) == 0;
        }
        catch (ObjectDisposedException)
        {
            // Disposed by the owner once everything had ended: nobody is left to signal.
            return false;
        }
    }

    /// <summary>The children that a process's first thread has, oldest first; none when it has ended.</summary>
    public static List<int> ChildrenOf(int processId)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task/{processId}/children"));
            return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            // It ended while we looked.
            return [];
        }
    }

    /// <summary>Whether a process waits for something.</summary>
    public static bool IsSleeping(int processId) => FieldsOf(processId) is ["S", ..];

    /// <summary>When a process started, in ticks since the host did: with its number, what tells it from all others. Null when it is gone.</summary>
    public static string? StartOf(int processId) => FieldsOf(processId) is { Length: > 19 } fields ? fields[19] : null;

    /// <summary>User and system time of a process and all its threads, or null when it is gone.</summary>
    public static TimeSpan? ProcessorTimeOf(int processId) => FieldsOf(processId) is { Length: > 12 } fields
        ? TimeSpan.FromSeconds((long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond)
        : null;

    /// <summary>proc(5): the fields of <c>stat</c> from the third, the state, on. The name before may hold spaces and brackets.</summary>
    private static string[] FieldsOf(int processId)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It ended while we looked.
            return [];
        }
    }

    public void Dispose() => _handle.Dispose();
}
