using Preserve.Catalog.Environments;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Import;

/// <summary>One environment of a manifest and its row.</summary>
internal static class EnvironmentMerge
{
    public static PreservedEnvironment Create(PreservedObject owner, ArchiveEnvironment environment, CatalogProfile profile, string title) => new()
    {
        Id = environment.Id,
        ObjectId = owner.Id,
        Title = title,
        ProfileId = profile.Id,
        ProfileVersion = profile.Version,
        MemoryMiB = Memory(environment, profile),
        Boot = environment.Boot,
    };

    /// <summary>Takes over the descriptions, and the machine's settings where they differ; a different machine needs a new poster.</summary>
    public static void Update(
        PreservedEnvironment row, PreservedObject owner, ArchiveEnvironment environment, CatalogProfile profile, string title)
    {
        row.Title = title;
        row.SettlesAfterSeconds = environment.SettlesAfterSeconds;
        row.SettledScreen = environment.SettledScreen;
        row.Volatile = environment.Volatile;
        row.Sound = environment.Sound;
        if (UpdateMachine(row, environment, profile) | UpdateDrives(row, owner, environment))
        {
            row.PosterState = PosterState.Due;
            row.PosterAttempts = 0;
            row.PosterWorker = null;
            row.PosterClaimedAt = null;
        }
    }

    private static int Memory(ArchiveEnvironment environment, CatalogProfile profile) => environment.MemoryMiB ?? profile.DefaultMemoryMiB;

    // A newer version of the same profile does not count: the environment keeps the one it was made with.
    private static bool UpdateMachine(PreservedEnvironment row, ArchiveEnvironment environment, CatalogProfile profile)
    {
        var memory = Memory(environment, profile);
        if (row.ProfileId == profile.Id && row.MemoryMiB == memory && row.Boot == environment.Boot)
        {
            return false;
        }

        if (row.ProfileId != profile.Id)
        {
            row.ProfileId = profile.Id;
            row.ProfileVersion = profile.Version;
        }

        row.MemoryMiB = memory;
        row.Boot = environment.Boot;
        return true;
    }

    private static bool UpdateDrives(PreservedEnvironment row, PreservedObject owner, ArchiveEnvironment environment)
    {
        var isChanged = row.Drives.RemoveAll(drive => !environment.Drives.ContainsKey(drive.Bay)) > 0;
        foreach (var (bay, name) in environment.Drives)
        {
            var medium = owner.Media.Find(one => one.Name == name)!;
            var drive = row.Drives.Find(one => one.Bay == bay);
            if (drive is null)
            {
                row.Drives.Add(new EnvironmentDrive { EnvironmentId = row.Id, Bay = bay, MediumId = medium.Id, Medium = medium });
                isChanged = true;
            }
            else if (drive.Medium != medium)
            {
                drive.Medium = medium;
                isChanged = true;
            }
        }

        return isChanged;
    }
}
