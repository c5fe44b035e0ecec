using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Storage;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Profiles;
using Preserve.Sandbox;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Machines;

/// <summary>The one place where an environment of the catalog becomes a machine that can be started. Safe for concurrent callers.</summary>
public sealed class EnvironmentBuilder(
    IDbContextFactory<CatalogContext> contexts, IContentStore content, CarrierShelf carriers, ProfileStore profiles, IEnumerable<IMachineEngine> engines)
{
    /// <param name="environmentId">Environment to build.</param>
    /// <param name="buildId">Emulator build, or null for the one in use.</param>
    /// <param name="lifetime">Longest life of the machine.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    public Task<EnvironmentBuildResult> BuildAsync(string environmentId, string? buildId, TimeSpan lifetime, CancellationToken cancellationToken) =>
        BuildAsync(environmentId, null, buildId, lifetime, cancellationToken);

    /// <param name="environmentId">Environment to build.</param>
    /// <param name="use">What is attached to it; null for nothing.</param>
    /// <param name="buildId">Emulator build, or null for the one in use.</param>
    /// <param name="lifetime">Longest life of the machine.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    public async Task<EnvironmentBuildResult> BuildAsync(
        string environmentId, ObjectUse? use, string? buildId, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        BootableEnvironment? bootable;
        try
        {
            bootable = use?.Drives is { } drives
                ? await context.FindBootableWithContentAsync(new ContentAttachment(environmentId, use.ObjectId, drives), environmentId, cancellationToken)
                : await context.FindBootableEnvironmentAsync(environmentId, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            return new EnvironmentBuildResult(null, [e.Message]);
        }

        return bootable is null
            ? new EnvironmentBuildResult(null, [$"There is no environment '{environmentId}'."])
            : await BuildAsync(bootable, buildId, lifetime, cancellationToken);
    }

    /// <summary>The same for what is no environment of the catalog yet.</summary>
    public async Task<EnvironmentBuildResult> BuildAsync(
        BootableEnvironment bootable, string? buildId, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (await FindWithdrawnAsync(bootable.Environment, cancellationToken) is { } withdrawn)
        {
            return new EnvironmentBuildResult(null, [$"'{withdrawn}' has been withdrawn."]);
        }

        var problems = new List<string>();
        return await DefineAsync(bootable, lifetime, problems, cancellationToken) is { } definition
            ? await ChooseEngineAsync(bootable.Environment, InOrder(definition, bootable), buildId, cancellationToken)
            : new EnvironmentBuildResult(null, problems);
    }

    private async Task<string?> FindWithdrawnAsync(PreservedEnvironment environment, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FindWithdrawnAsync([environment.Id, environment.ParentId ?? environment.Id], cancellationToken)
            ?? await context.Objects.Where(one => one.Id == environment.ObjectId && one.WithdrawnAt != null).Select(one => one.Title).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<MachineDefinition?> DefineAsync(
        BootableEnvironment bootable, TimeSpan lifetime, List<string> problems, CancellationToken cancellationToken)
    {
        var environment = bootable.Environment;
        if (!profiles.TryFind(environment.ProfileId, out var profile))
        {
            problems.Add($"The machine profile '{environment.ProfileId}' is not installed.");
            return null;
        }

        if (profile.Version < environment.ProfileVersion)
        {
            problems.Add($"The environment wants version {environment.ProfileVersion} of the machine profile '{profile.Id}'; "
                + $"version {profile.Version} is installed.");
        }

        var drives = new List<DriveContent>();
        foreach (var drive in bootable.Drives)
        {
            var made = drive.Medium.Carrier is { } plan ? await MakeAsync(drive.Medium, plan, problems, cancellationToken) : ToFile(drive.Medium, problems);
            if (made is { } file)
            {
                drives.Add(new DriveContent(drive.Bay, file));
            }
        }

        if (MediaWords.Boot(environment.Boot) is not { } boot)
        {
            problems.Add($"The environment boots from '{environment.Boot}', which is no way to boot.");
            return null;
        }

        return problems.Count > 0 ? null : new MachineDefinition
        {
            Profile = profile,
            MemoryMiB = environment.MemoryMiB,
            Drives = drives,
            Boot = boot,
            Clock = profile.Clock,
            Shelf = FillShelf(bootable, profile),
            Lifetime = lifetime,
        };
    }

    /// <summary>Gives every medium its place in the set that visitors choose from.</summary>
    private static MachineDefinition InOrder(MachineDefinition definition, BootableEnvironment bootable)
    {
        var places = bootable.Shelf.Select((medium, index) => (medium.Sha256, index)).DistinctBy(one => one.Sha256).ToDictionary(one => one.Sha256, one => one.index);
        return definition with
        {
            Drives = [.. definition.Drives.Select(drive => drive with { Medium = Place(drive.Medium) })],
            Shelf = [.. definition.Shelf.Select(Place)],
        };

        MediumFile Place(MediumFile medium) => medium with { Order = places.GetValueOrDefault(medium.Sha256) };
    }

    private List<MediumFile> FillShelf(BootableEnvironment bootable, MachineProfile profile)
    {
        var inDrives = bootable.Drives.Select(drive => drive.Medium.Sha256).ToHashSet();

        // A medium that cannot be used is left off the shelf: the machine starts without it all the same.
        var ignored = new List<string>();
        return [.. bootable.Shelf
            .Where(medium => profile.Bays.Any(bay => bay.Removable && bay.Kind == MediaWords.Bay(medium.Kind)))
            .Where(medium => inDrives.Add(medium.Sha256))
            .Select(medium => ToFile(medium, ignored))
            .OfType<MediumFile>()];
    }

    /// <summary>Puts loose files on the carrier that the machine finds them on.</summary>
    private async Task<MediumFile?> MakeAsync(BootableMedium medium, CarrierPlan plan, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            var made = await carriers.TakeAsync(plan, cancellationToken);
            return new MediumFile(made.Sha256, made.Path, ImageFormat.Raw, made.LengthInBytes, MediaWords.Bay(plan.Kind)!.Value, medium.Label);
        }
        catch (Exception e) when (e is CarrierException or SandboxException)
        {
            problems.Add(e.Message);
            return null;
        }
    }

    private MediumFile? ToFile(BootableMedium medium, List<string> problems)
    {
        if (MediaWords.Bay(medium.Kind) is not { } kind || MediaWords.Format(medium.Format) is not { } format)
        {
            problems.Add($"'{medium.Name}' is of a kind or format that no machine takes: {medium.Kind}, {medium.Format}.");
            return null;
        }

        if (!content.Contains(medium.Sha256))
        {
            // Visitors read this: where the file lies is for health and log.
            problems.Add(content.FindProblem(medium.Sha256) is not null
                ? $"'{medium.Name}' is damaged in storage and not used until it is repaired."
                : $"The content of '{medium.Name}' ({medium.Sha256}) is missing from storage.");
            return null;
        }

        var backing = medium.Backing is { } below ? ToFile(below, problems) : null;
        if (backing is null && medium.Backing is not null)
        {
            return null;
        }

        var label = medium.Label.Length > 0 ? medium.Label : medium.Name;
        return new MediumFile(medium.Sha256, content.PathForMount(medium.Sha256), format, medium.LengthInBytes, kind, label) { Backing = backing };
    }

    private async Task<EnvironmentBuildResult> ChooseEngineAsync(
        PreservedEnvironment environment, MachineDefinition definition, string? buildId, CancellationToken cancellationToken)
    {
        if (engines.FirstOrDefault(candidate => candidate.Id == definition.Profile.Engine) is not { } engine)
        {
            return new EnvironmentBuildResult(null, [$"The engine '{definition.Profile.Engine}' is not part of this installation."], true);
        }

        if (engine.Validate(definition) is { Count: > 0 } problems)
        {
            return new EnvironmentBuildResult(null, problems);
        }

        var builds = await engine.FindBuildsAsync(cancellationToken);
        var build = builds.FirstOrDefault(candidate => (buildId is null || candidate.Id == buildId)
            && candidate.Programs.ContainsKey(definition.Profile.Architecture));
        if (build is not null)
        {
            return new EnvironmentBuildResult(new BuiltMachine(environment.Id, environment.Title, definition, engine, build), []);
        }

        var known = await engine.FindProblemsAsync(cancellationToken);
        var missing = buildId is null
            ? $"No emulator for {definition.Profile.Architecture} is installed."
            : $"The emulator build '{buildId}' is not installed, or has no program for {definition.Profile.Architecture}.";
        return new EnvironmentBuildResult(null, [missing, .. known], true);
    }
}
