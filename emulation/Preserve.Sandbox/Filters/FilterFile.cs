using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Filters;

/// <summary>The compiled filter as a file in memory, which each start opens anew through /proc.</summary>
internal sealed class FilterFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private FilterFile(SafeFileHandle handle) => _handle = handle;

    public string Path => string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{_handle.DangerousGetHandle()}");

    public static FilterFile Create()
    {
        var descriptor = Libc.MemFdCreate("preserve-filter", Libc.CloseOnExec);
        if (descriptor < 0)
        {
            throw new SandboxException($"The system call filter cannot be kept in memory (error {Marshal.GetLastPInvokeError()}).");
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(handle, ToolFilter.Compile(RuntimeInformation.ProcessArchitecture), 0);
        return new FilterFile(handle);
    }

    public void Dispose() => _handle.Dispose();
}
