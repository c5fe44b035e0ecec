using System.Runtime.InteropServices;

namespace Preserve.Web.BrowserTests.Running;

/// <summary>Signals that .NET has no call for.</summary>
internal static partial class Signals
{
    private const int Sigterm = 15;
    private const int Sigkill = 9;

    public static void Terminate(int processId) => _ = Send(processId, Sigterm);

    public static void Kill(int processId) => _ = Send(processId, Sigkill);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int processId, int signal);
}
