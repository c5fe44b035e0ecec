using System.Globalization;

namespace Preserve.Workers.Tests.Running;

/// <summary>The processes of this host, read from /proc. One that ends between the listing and the reading has no parent, no name and no command.</summary>
internal static class ProcessList
{
    public static List<int> All() =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))];

    /// <summary>0 for one without a parent in sight.</summary>
    public static int ParentOf(int id)
    {
        var stat = StatusOf(id);
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    public static string NameOf(int id) => Read(id, "comm").Trim();

    public static string CommandOf(int id) => Read(id, "cmdline").Replace('\0', ' ');

    /// <summary>The line of <c>stat</c>.</summary>
    public static string StatusOf(int id) => Read(id, "stat");

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
