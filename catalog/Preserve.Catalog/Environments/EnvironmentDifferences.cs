using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Environments;

/// <summary>How a file differs between an environment and its parent.</summary>
public enum FileChange
{
    Added,
    Removed,

    /// <summary>Another length, or another time of its last change.</summary>
    Changed,
}

/// <summary>A file that is not the same in both.</summary>
/// <param name="Bay">Drive it is in.</param>
/// <param name="VolumeOffset">Of its file system, from the beginning of the disk, in bytes.</param>
/// <param name="Path">From the root of the volume, safe to show.</param>
/// <param name="Change">How.</param>
/// <param name="LengthBefore">In the parent, in bytes; null where it was not there.</param>
/// <param name="LengthNow">In bytes; null where it is not there any more.</param>
public sealed record FileDifference(string Bay, long VolumeOffset, string Path, FileChange Change, long? LengthBefore, long? LengthNow);

/// <summary>What changed from parent to child.</summary>
/// <param name="Files">By drive, volume and path.</param>
/// <param name="Remarks">What could not be compared, and why, in words.</param>
public sealed record DifferencesFound(IReadOnlyList<FileDifference> Files, IReadOnlyList<string> Remarks);

/// <summary>
/// Compares the files on the disks of an environment with those of its parent, in the file systems that can be read. By length and time of
/// change, as the file systems say: a guest that sets its clock back can hide a change from this, but not from the overlay.
/// </summary>
public sealed class EnvironmentDifferences(
    IDbContextFactory<CatalogContext> contexts, IContentStore content, Characteriser characteriser, ChainOpener chains)
{
    /// <summary>Null when there is no such environment, or it has no parent.</summary>
    public async Task<DifferencesFound?> FindAsync(string environmentId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.FindBootableEnvironmentAsync(environmentId, cancellationToken) is not { Environment.ParentId: { } parentId } child
            || await context.FindBootableEnvironmentAsync(parentId, cancellationToken) is not { } parent)
        {
            return null;
        }

        var (files, remarks) = (new List<FileDifference>(), new List<string>());
        foreach (var drive in child.Drives)
        {
            var before = parent.Drives.FirstOrDefault(one => one.Bay == drive.Bay)?.Medium;
            if (before?.Sha256 == drive.Medium.Sha256)
            {
                continue;
            }

            if (before is null || drive.Medium.Backing is null)
            {
                remarks.Add($"{drive.Bay} holds another medium than in the parent.");
                continue;
            }

            files.AddRange(await CompareAsync(drive.Bay, before, drive.Medium, remarks, cancellationToken));
        }

        if (files.Count == 0 && remarks.Count == 0)
        {
            remarks.Add("No file differs.");
        }

        return new DifferencesFound(files, remarks);
    }

    private async Task<IReadOnlyList<FileDifference>> CompareAsync(
        string bay, BootableMedium before, BootableMedium now, List<string> remarks, CancellationToken cancellationToken)
    {
        var old = await ListAsync(before, cancellationToken);
        var young = await ListAsync(now, cancellationToken);
        remarks.AddRange(new[] { old.Problem, young.Problem }.Where(problem => problem.Length > 0).Distinct().Select(problem => $"{bay}: {problem}"));
        var differences = new List<FileDifference>();
        foreach (var (place, file) in young.Files.OrderBy(one => one.Key))
        {
            if (!old.Files.TryGetValue(place, out var was))
            {
                differences.Add(new FileDifference(bay, place.Volume, place.Path, FileChange.Added, null, file.LengthInBytes));
            }
            else if ((was.LengthInBytes, was.Modified, was.ResourceForkLengthInBytes) != (file.LengthInBytes, file.Modified, file.ResourceForkLengthInBytes))
            {
                differences.Add(new FileDifference(bay, place.Volume, place.Path, FileChange.Changed, was.LengthInBytes, file.LengthInBytes));
            }
        }

        differences.AddRange(old.Files.Where(one => !young.Files.ContainsKey(one.Key)).OrderBy(one => one.Key)
            .Select(one => new FileDifference(bay, one.Key.Volume, one.Key.Path, FileChange.Removed, one.Value.LengthInBytes, null)));
        if (differences.Count == 0 && old.Files.Count + young.Files.Count == 0 && old.Problem.Length + young.Problem.Length == 0)
        {
            remarks.Add($"{bay} was written to, but holds no file system that can be read here.");
        }

        return differences;
    }

    private async Task<Listed> ListAsync(BootableMedium medium, CancellationToken cancellationToken)
    {
        var chain = new List<ChainLink>();
        for (var link = medium; link is not null; link = link.Backing)
        {
            if (!content.Contains(link.Sha256))
            {
                return new Listed([], $"The content of '{medium.Name}' ({link.Sha256}) is missing from storage, or damaged.");
            }

            chain.Add(new ChainLink(link.Sha256, content.PathForMount(link.Sha256), link.Format));
        }

        var (disk, problem) = await chains.OpenAsync(chain, cancellationToken);
        using var opened = disk;
        if (disk is null)
        {
            return new Listed([], problem);
        }

        var (_, volumes) = await characteriser.ListAsync(disk.File, cancellationToken);
        var files = volumes.SelectMany(one => one.Files.Entries.Where(entry => !entry.IsFolder).Select(entry => (Place: (Volume: one.Volume.OffsetInBytes, entry.Path), Entry: entry)))
            .DistinctBy(one => one.Place).ToDictionary(one => one.Place, one => one.Entry);
        return new Listed(files, volumes.Select(one => one.Files.Problem).FirstOrDefault(text => text.Length > 0) ?? "");
    }

    private sealed record Listed(Dictionary<(long Volume, string Path), FileEntry> Files, string Problem);
}
