using System.Text;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Ingest;

/// <summary>ZIP by Info-ZIP's unzip in a sandbox that sees the package read-only: first the names, then each file to standard output, so nothing is written there.</summary>
internal sealed class ZipReader(ISandbox sandbox, string packagePath)
{
    private const string Inside = "/package.zip";
    private const long LongestListInBytes = 4 * 1024 * 1024;

    /// <summary>Paths of the files in it, folders left out.</summary>
    /// <exception cref="PackageException">No ZIP, too many files, or names that are no paths inside a folder.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(int maximumFiles, CancellationToken cancellationToken)
    {
        using var list = new MemoryStream();
        var (outcome, exit) = await sandbox.RunAsync(Spec("-Z1", Inside), PackageBounds.Limits(LongestListInBytes), input: null, list, cancellationToken);
        if (outcome == ToolOutcome.OutputTooLong)
        {
            throw new PackageException($"It holds more than the {maximumFiles} files that are allowed.");
        }

        PackageBounds.Require(outcome, exit, LongestListInBytes);
        var names = Encoding.UTF8.GetString(list.GetBuffer(), 0, (int)list.Length)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(name => !name.EndsWith('/')).ToList();
        Check(names, maximumFiles);
        return names;
    }

    public async Task UnpackAsync(string name, Stream target, long budgetInBytes, CancellationToken cancellationToken)
    {
        var (outcome, exit) = await sandbox.RunAsync(Spec("-p", Inside, Literally(name)), PackageBounds.Limits(budgetInBytes), input: null, target, cancellationToken);
        PackageBounds.Require(outcome, exit, budgetInBytes);
    }

    private static void Check(List<string> names, int maximumFiles)
    {
        if (names.Count > maximumFiles)
        {
            throw new PackageException($"It holds {names.Count} files; {maximumFiles} are allowed.");
        }

        if (names.Find(name => UploadName.Problem(name) is not null) is { } bad)
        {
            throw new PackageException($"A file in it is called '{Import.ManifestEntry.Shorten(bad)}', which is no path inside a folder. Nothing was kept.");
        }

        // The program would write both, one after the other.
        if (names.CountBy(name => name).FirstOrDefault(count => count.Value > 1).Key is { } twice)
        {
            throw new PackageException($"It holds '{Import.ManifestEntry.Shorten(twice)}' twice. Nothing was kept.");
        }
    }

    // unzip takes names for patterns, and one that begins with a hyphen for an option.
    private static string Literally(string name)
    {
        var literal = new StringBuilder();
        foreach (var c in name)
        {
            literal.Append(c is '[' or '*' or '?' || (c == '-' && literal.Length == 0) ? $"[{c}]" : c.ToString());
        }

        return literal.ToString();
    }

    private SandboxSpec Spec(params string[] arguments) => PackageBounds.Spec with
    {
        Program = "/usr/bin/unzip",
        Arguments = arguments,
        Environment = new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" },
        ReadOnlyMounts = [new SandboxMount(packagePath, Inside)],
    };
}
