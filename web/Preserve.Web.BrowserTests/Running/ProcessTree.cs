using System.Globalization;

namespace Preserve.Web.BrowserTests.Running;

/// <summary>Processes of this host, read from /proc.</summary>
internal static class ProcessTree
{
    /// <summary>Every process that descends from the given one.</summary>
    public static IReadOnlyList<int> Below(int ancestor)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .Where(process => process.Parent is not null)
            .ToLookup(process => process.Parent!.Value, process => process.Id);
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

    public static bool IsEmulator(int id) => CommandOf(id).Contains("qemu-system", StringComparison.Ordinal) && !CommandOf(id).StartsWith("bwrap", StringComparison.Ordinal)
        && NameOf(id).StartsWith("qemu", StringComparison.Ordinal);

    /// <summary>Processes anywhere whose command line names the text.</summary>
    public static IReadOnlyList<int> Naming(string text) =>
        Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(id => id != Environment.ProcessId && CommandOf(id).Contains(text, StringComparison.Ordinal))
            .ToList();

    private static string NameOf(int id) => Read($"/proc/{id}/comm").Trim();

    private static string CommandOf(int id) => Read($"/proc/{id}/cmdline").Replace('\0', ' ');

    private static int? ParentOf(int id)
    {
        var stat = Read($"/proc/{id}/stat");
        var end = stat.LastIndexOf(')');
        return end < 0 ? null : int.Parse(stat[(end + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // It ended between the listing and the reading.
            return "";
        }
    }
}
