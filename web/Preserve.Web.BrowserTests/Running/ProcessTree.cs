using Preserve.Workers.Tests.Running;

namespace Preserve.Web.BrowserTests.Running;

/// <summary>What runs below a process, and what names a text.</summary>
internal static class ProcessTree
{
    /// <summary>Every process that descends from the given one.</summary>
    public static IReadOnlyList<int> Below(int ancestor)
    {
        var parents = ProcessList.All().ToLookup(ProcessList.ParentOf);
        var found = new List<int>();
        var next = new Queue<int>(parents[ancestor]);
        while (next.TryDequeue(out var id))
        {
            found.Add(id);
            foreach (var child in parents[id])
            {
                next.Enqueue(child);
            }
        }

        return found;
    }

    public static bool IsEmulator(int id) => ProcessList.NameOf(id).StartsWith("qemu", StringComparison.Ordinal)
        && ProcessList.CommandOf(id).Contains("qemu-system", StringComparison.Ordinal);

    /// <summary>Processes anywhere whose command line names the text.</summary>
    public static IReadOnlyList<int> Naming(string text) =>
        [.. ProcessList.All().Where(id => id != Environment.ProcessId && ProcessList.CommandOf(id).Contains(text, StringComparison.Ordinal))];
}
