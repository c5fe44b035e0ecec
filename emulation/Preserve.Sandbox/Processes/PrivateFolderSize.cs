using Preserve.Sandbox.Hostile;

namespace Preserve.Sandbox.Processes;

/// <summary>Whether a sandbox's private folder keeps to the bounds of its spec.</summary>
internal static class PrivateFolderSize
{
    public static bool IsWithinBounds(SandboxSpec spec) => spec.PrivateFolder is not { } folder
        || FolderWalk.Measure(folder.HostPath, spec.Bounds.PrivateFolderEntries) is var size
        && size.Entries <= spec.Bounds.PrivateFolderEntries
        && size.LengthInBytes <= spec.Bounds.PrivateFolderLengthInBytes;
}
