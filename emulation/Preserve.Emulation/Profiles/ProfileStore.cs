using System.Diagnostics.CodeAnalysis;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Profiles;

/// <summary>The machine profiles that can be used: those that ship, and a site's own. Immutable.</summary>
public sealed class ProfileStore
{
    private readonly Dictionary<string, MachineProfile> _byId;

    private ProfileStore(IEnumerable<MachineProfile> profiles)
    {
        _byId = profiles.ToDictionary(profile => profile.Id);
        Profiles = [.. _byId.Values.OrderBy(profile => profile.Year).ThenBy(profile => profile.Id, StringComparer.Ordinal)];
    }

    /// <summary>Where the profiles lie that ship with the product.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "profiles");

    /// <summary>Every profile, oldest machine first.</summary>
    public IReadOnlyList<MachineProfile> Profiles { get; }

    /// <summary>Reads every <c>*.json</c> of the folders.</summary>
    /// <param name="shippedFolder">Usually <see cref="ShippedFolder"/>; it must exist and not be empty.</param>
    /// <param name="siteFolder">A site's own profiles, whose ids must be new; null or missing for none.</param>
    /// <exception cref="ProfileException">A file is broken; the message lists all that is wrong in all files.</exception>
    public static ProfileStore Load(string shippedFolder, string? siteFolder)
    {
        var errors = new List<string>();
        var profiles = new List<MachineProfile>();
        var files = JsonFiles(shippedFolder);
        if (files.Length == 0)
        {
            errors.Add($"There is no machine profile in {shippedFolder}.");
        }

        foreach (var file in siteFolder is null ? files : [.. files, .. JsonFiles(siteFolder)])
        {
            if (ProfileReader.ReadFile(file, errors) is { } profile)
            {
                profiles.Add(profile);
            }
        }

        AddClashes(profiles, errors);
        return errors.Count == 0 ? new ProfileStore(profiles) : throw new ProfileException(errors);
    }

    public bool TryFind(string id, [NotNullWhen(true)] out MachineProfile? profile) => _byId.TryGetValue(id, out profile);

    /// <summary>The profile that an archive manifest means by an architecture and a machine; null when there is none.</summary>
    /// <param name="architecture">Such as <c>i386</c>.</param>
    /// <param name="machine">Such as <c>pc</c> or <c>SS-5</c>, or the id of a profile.</param>
    public MachineProfile? ForManifest(string architecture, string machine) =>
        Profiles.FirstOrDefault(profile => profile.Architecture == architecture
            && (profile.ManifestMachines.Contains(machine) || profile.Id == machine));

    private static string[] JsonFiles(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var files = Directory.GetFiles(folder, "*.json");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static void AddClashes(List<MachineProfile> profiles, List<string> errors)
    {
        foreach (var twice in profiles.GroupBy(profile => profile.Id).Where(group => group.Count() > 1))
        {
            errors.Add($"{twice.Key}.json: a profile with this id ships with the product; choose another id.");
        }

        var names = profiles.SelectMany(profile => profile.ManifestMachines, (profile, machine) => (profile.Architecture, machine));
        foreach (var twice in names.GroupBy(name => name).Where(group => group.Count() > 1))
        {
            errors.Add($"More than one profile answers to the manifest machine {twice.Key.machine} ({twice.Key.Architecture}).");
        }
    }
}
