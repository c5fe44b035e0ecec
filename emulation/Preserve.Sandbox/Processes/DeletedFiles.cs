using System.Globalization;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Processes;

/// <summary>Finds what a folder does not show: files that were deleted while a process inside still holds them open, and so take space.</summary>
internal static class DeletedFiles
{
    // More descriptors than this in one look are not followed; the bound on open files keeps real programs far below.
    private const int MaximumLooks = 4096;

    /// <summary>Bytes on the given folder's file system that deleted but open files take, in all processes below one.</summary>
    public static long LengthInBytes(int firstProcessId, FileFacts folder)
    {
        var seen = new HashSet<ulong>();
        var processes = new Queue<int>([firstProcessId]);
        long length = 0;
        var looks = 0;
        while (processes.TryDequeue(out var id) && looks < MaximumLooks)
        {
            foreach (var path in Listing(id))
            {
                looks++;
                if (FileFacts.TryRead(path, out var facts) && IsDeletedFrom(folder, facts) && seen.Add(facts.Inode))
                {
                    length += facts.AllocatedInBytes;
                }
            }

            ProcessHandle.ChildrenOf(id).ForEach(processes.Enqueue);
        }

        return length;
    }

    private static bool IsDeletedFrom(FileFacts folder, FileFacts facts) =>
        facts.Links == 0 && facts.IsRegularFile && facts.DeviceMajor == folder.DeviceMajor && facts.DeviceMinor == folder.DeviceMinor;

    private static string[] Listing(int id)
    {
        try
        {
            return Directory.GetFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/fd"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked, or is bubblewrap's own, which shows its descriptors to nobody and holds no files.
            return [];
        }
    }
}
