using System.Text;
using System.Text.RegularExpressions;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;

namespace Preserve.Catalog.Import;

/// <summary>Checks that what a manifest says fits together and fits the installed machine profiles. Reports everything it finds.</summary>
internal sealed partial class ManifestValidator(IProfileDirectory profiles, ProblemList problems)
{
    private static readonly Dictionary<string, string> BayKindsOfBoot = new()
    {
        ["floppy"] = "floppy", ["disk"] = "harddisk", ["optical"] = "optical", ["kernel"] = "kernel",
    };

    private readonly Dictionary<string, string> _environments = [];

    /// <summary>Each environment's profile, by environment id. Complete only if there are no problems.</summary>
    public Dictionary<string, CatalogProfile> Profiles { get; } = [];

    public void Validate(ArchiveManifest manifest)
    {
        var objects = new Dictionary<string, string>();
        foreach (var one in manifest.Objects)
        {
            CheckId(one.Entry, one.Id);
            CheckTwice(objects, one.Id, one.Entry, "another object with this id is");
            foreach (var medium in one.Media)
            {
                CheckMedium(medium);
            }

            var names = new Dictionary<string, string>();
            foreach (var medium in one.Media)
            {
                CheckTwice(names, medium.Name, medium.Entry, "another medium of this name is");
            }

            foreach (var environment in one.Environments)
            {
                CheckId(environment.Entry, environment.Id);
                CheckTwice(_environments, environment.Id, environment.Entry, "another environment with this id is");
                CheckEnvironment(one, environment);
            }
        }
    }

    private void CheckId(string entry, string id)
    {
        if (id.Length > 0 && !Id().IsMatch(id))
        {
            problems.Add(entry, $"id \"{ManifestEntry.Shorten(id)}\" is not 1 to 64 of a-z, 0-9 and -");
        }
    }

    private void CheckTwice(Dictionary<string, string> seen, string key, string entry, string what)
    {
        if (key.Length > 0 && !seen.TryAdd(key, entry))
        {
            problems.Add(entry, $"{what} at {seen[key]}");
        }
    }

    private void CheckMedium(ArchiveMedium medium)
    {
        CheckFileName(medium.Entry, "file", medium.File);
        CheckFileName(medium.Entry, "name", medium.Name);
        if (medium.Sha256.Length > 0 && !Digest().IsMatch(medium.Sha256))
        {
            problems.Add(medium.Entry, "sha256 is not 64 lower-case hexadecimal digits");
        }

        if (!MediumKinds.Formats.Contains(medium.Format))
        {
            problems.Add(medium.Entry, $"format \"{medium.Format}\" is none of {string.Join(", ", MediumKinds.Formats)}");
        }

        if (medium.Kind.Length > 0 && MediumKinds.BayKind(medium.Kind) is null)
        {
            problems.Add(medium.Entry, $"kind \"{medium.Kind}\" is unknown");
        }

        if (medium.Format == "raw" && MediumKinds.FloppyCapacityInBytes(medium.Kind) is { } capacity && medium.LengthInBytes > capacity)
        {
            problems.Add(medium.Entry, $"size {medium.LengthInBytes} is more than a {medium.Kind} holds ({capacity})");
        }
    }

    private void CheckFileName(string entry, string field, string name)
    {
        if (name is "." or ".." || name.AsSpan().IndexOfAny('/', '\\') >= 0
            || name.Any(char.IsControl) || Encoding.UTF8.GetByteCount(name) > ColumnLengths.FileName)
        {
            problems.Add(entry, $"{field} \"{ManifestEntry.Shorten(name)}\" is not a plain file name");
        }
    }

    private void CheckEnvironment(ArchiveObject owner, ArchiveEnvironment environment)
    {
        if (FindProfile(environment) is not { } profile)
        {
            return;
        }

        Profiles.TryAdd(environment.Id, profile);
        if (environment.MemoryMiB is { } memory && (memory < profile.MinimumMemoryMiB || memory > profile.MaximumMemoryMiB))
        {
            problems.Add(environment.Entry,
                $"memoryMiB {memory} is not within {profile.MinimumMemoryMiB} to {profile.MaximumMemoryMiB} of the profile {profile.Id}");
        }

        foreach (var (bay, name) in environment.Drives)
        {
            CheckDrive(owner, environment, profile, bay, name);
        }

        CheckBoot(environment, profile);
    }

    private CatalogProfile? FindProfile(ArchiveEnvironment environment)
    {
        if (environment.Profile.Length > 0)
        {
            var profile = profiles.Find(environment.Profile);
            if (profile is null)
            {
                problems.Add(environment.Entry, $"the profile \"{ManifestEntry.Shorten(environment.Profile)}\" is unknown");
            }
            else if (environment.Architecture.Length > 0 && environment.Architecture != profile.Architecture)
            {
                problems.Add(environment.Entry, $"architecture {environment.Architecture} is not that of the profile {profile.Id}, {profile.Architecture}");
            }

            return profile;
        }

        if (environment.Architecture.Length == 0)
        {
            problems.Add(environment.Entry, "architecture is missing, and no profile is named");
            return null;
        }

        var found = profiles.ForMachine(environment.Architecture, environment.Machine);
        if (found is null)
        {
            problems.Add(environment.Entry, $"no profile stands for the machine \"{environment.Machine}\" of architecture \"{environment.Architecture}\"");
        }

        return found;
    }

    private void CheckDrive(ArchiveObject owner, ArchiveEnvironment environment, CatalogProfile profile, string bay, string name)
    {
        var medium = owner.Media.FirstOrDefault(one => one.Name == name);
        if (!profile.Bays.TryGetValue(bay, out var takes))
        {
            problems.Add(environment.Entry,
                $"drives.{ManifestEntry.Shorten(bay)}: the profile {profile.Id} has no such bay; it has {string.Join(", ", profile.Bays.Keys.Order(StringComparer.Ordinal))}");
        }
        else if (medium is not null && MediumKinds.BayKind(medium.Kind) is { } kind && !kind.Equals(takes, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(environment.Entry, $"drives.{bay}: {medium.Name} is a {medium.Kind}, and the bay takes a {takes}");
        }

        if (medium is null)
        {
            problems.Add(environment.Entry, $"drives.{ManifestEntry.Shorten(bay)}: the object has no medium \"{ManifestEntry.Shorten(name)}\"");
        }
    }

    private void CheckBoot(ArchiveEnvironment environment, CatalogProfile profile)
    {
        if (environment.Boot.Length == 0)
        {
            return;
        }

        if (!profile.Boot.Contains(environment.Boot, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add(environment.Entry,
                $"boot \"{ManifestEntry.Shorten(environment.Boot)}\" is no way to boot the profile {profile.Id}; it boots from {string.Join(", ", profile.Boot)}");
        }
        else if (BayKindsOfBoot.TryGetValue(environment.Boot, out var kind) && !environment.Drives.Keys.Any(bay => Takes(profile, bay, kind)))
        {
            problems.Add(environment.Entry, $"boot \"{environment.Boot}\", but no medium is in a bay for it");
        }
    }

    // Boards that boot from an SD card call it their disk.
    private static bool Takes(CatalogProfile profile, string bay, string kind) =>
        profile.Bays.TryGetValue(bay, out var takes)
        && (takes.Equals(kind, StringComparison.OrdinalIgnoreCase)
            || (kind == "harddisk" && takes.Equals("sdcard", StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex("^[a-z0-9-]{1,64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();
}
