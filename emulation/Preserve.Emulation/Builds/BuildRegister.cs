using System.Text.Json;
using System.Text.RegularExpressions;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Builds;

/// <summary>
/// Which emulators there are beside the distribution's: those in the folders of a shared root, and those that an operator registered in a
/// file of the data folder. Read anew on every call, so that a command beside a running service is noticed by its next start.
/// </summary>
/// <param name="sharedRoot">Folder whose subfolders are builds, each named as it is called; null, or a folder that is not there, for none.</param>
/// <param name="file">The register, JSON; null for none. It need not exist yet.</param>
public sealed partial class BuildRegister(string? sharedRoot, string? file)
{
    /// <summary>Most builds that can be registered.</summary>
    public const int MaximumBuilds = 64;

    private const string DefaultEngine = "qemu";
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Every build folder, registered ones first; of two with one name, the first.</summary>
    /// <exception cref="EmulatorBuildException">The register cannot be read.</exception>
    public IReadOnlyList<BuildFolder> Folders => [.. ReadFile().Concat(ReadShared()).DistinctBy(folder => folder.Name)];

    /// <summary>Registers a folder.</summary>
    /// <exception cref="EmulatorBuildException">The name is taken or no name, there is no such folder, or there are too many.</exception>
    public void Add(BuildFolder folder)
    {
        var known = Folders;
        var problem = folder switch
        {
            _ when !NamePattern().IsMatch(folder.Name) => $"'{folder.Name}' is no name for a build: small letters, digits, dots and dashes, at most 64.",
            _ when known.Any(other => other.Name == folder.Name) => $"There is a build '{folder.Name}' already; remove it first, or give this one another name.",
            _ when !Directory.Exists(folder.Path) => $"There is no folder {folder.Path}.",
            _ when known.Count >= MaximumBuilds => $"There are {known.Count} builds already, which is as many as can be kept.",
            _ => null,
        };
        if (problem is not null)
        {
            throw new EmulatorBuildException(problem);
        }

        Write([.. ReadFile(), folder]);
    }

    /// <summary>Forgets a registered folder; its files stay. False when no such build is registered.</summary>
    /// <exception cref="EmulatorBuildException">The register cannot be read.</exception>
    public bool Remove(string name)
    {
        var known = ReadFile();
        var left = known.Where(folder => folder.Name != name).ToArray();
        if (left.Length == known.Count)
        {
            return false;
        }

        Write(left);
        return true;
    }

    private IEnumerable<BuildFolder> ReadShared() => Directory.Exists(sharedRoot)
        ? Directory.EnumerateDirectories(sharedRoot).Order(StringComparer.Ordinal)
            .Select(path => new BuildFolder(Path.GetFileName(path), DefaultEngine, Path.GetFullPath(path)))
            .Where(folder => NamePattern().IsMatch(folder.Name))
        : [];

    private List<BuildFolder> ReadFile()
    {
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<List<BuildFolder>>(stream, s_options) ?? [];
        }
        catch (JsonException e)
        {
            throw new EmulatorBuildException($"{file} cannot be read: {e.Message} Correct it, or delete it and add the builds again.", e);
        }
    }

    private void Write(IReadOnlyList<BuildFolder> folders)
    {
        var target = file ?? throw new EmulatorBuildException("There is no file to register builds in.");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        var temporary = target + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(folders, s_options));
        File.Move(temporary, target, overwrite: true);
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{0,63}\z")]
    private static partial Regex NamePattern();
}
