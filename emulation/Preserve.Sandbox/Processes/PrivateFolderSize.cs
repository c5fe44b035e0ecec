using Preserve.Sandbox.Host;
using Preserve.Sandbox.Hostile;

namespace Preserve.Sandbox.Processes;

/// <summary>Whether a sandbox's private folder keeps to the bounds of its spec.</summary>
internal static class PrivateFolderSize
{
    /// <summary>Looks at the folder, and while the sandbox runs also at what its processes hold open after deleting it.</summary>
    /// <param name="spec">With the folder and its bounds.</param>
    /// <param name="firstProcessId">Process 1 of the sandbox, as the host numbers it, or null once it has ended.</param>
    public static bool IsWithinBounds(SandboxSpec spec, int? firstProcessId)
    {
        if (spec.PrivateFolder is not { } folder || !FileFacts.TryRead(folder.HostPath, out var facts))
        {
            return true;
        }

        var size = FolderWalk.Measure(folder.HostPath, spec.Bounds.PrivateFolderEntries);
        var deleted = firstProcessId is { } id ? DeletedFiles.LengthInBytes(id, facts) : 0;
        return size.Entries <= spec.Bounds.PrivateFolderEntries && size.LengthInBytes + deleted <= spec.Bounds.PrivateFolderLengthInBytes;
    }
}
