using System.Collections.ObjectModel;
using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Descriptions;

/// <summary>
/// Brings storage in line with the catalog: an object about which events were recorded since its last version gets a new one, with its
/// description as it is now. What is due is said by rows (<c>DescribedEvents</c>), so any process may record an event.
/// </summary>
public sealed class ObjectVersions(
    ObjectStorage storage, FileContentStore derived, IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    private static readonly string Version =
        typeof(ObjectVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The agent of what Preserve does by itself, such as <c>preserve import 0.1.0</c>.</summary>
    public static string Agent(string verb) => $"preserve {verb} {Version}";

    /// <summary>Ids of objects whose description in storage is behind the catalog, in order.</summary>
    /// <param name="maximum">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<string>> FindDueAsync(int maximum, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Objects
            .Where(one => context.Events.Count(e => e.ObjectId == one.Id && !e.IsRoutine) > one.DescribedEvents)
            .OrderBy(one => one.Id).Take(maximum).Select(one => one.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Writes the next version of one object, if anything differs.</summary>
    /// <param name="objectId">The object.</param>
    /// <param name="message">Why the version is made.</param>
    /// <param name="cancellationToken">Leaves storage and catalog as they were.</param>
    /// <exception cref="FileNotFoundException">A file of the object is nowhere in storage.</exception>
    /// <exception cref="InvalidDataException">A file that an earlier release stored is damaged.</exception>
    public async Task WriteAsync(string objectId, string message, CancellationToken cancellationToken)
    {
        await using var transaction = await storage.Ocfl.BeginAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var moved = await AddDraftAsync(context, transaction, objectId, ReadOnlyDictionary<string, OcflStagedFile>.Empty, message, Agent("describe"), cancellationToken);
        await storage.CommitAsync(context, transaction, cancellationToken);
        await RemoveMovedAsync(context, moved, cancellationToken);
    }

    /// <summary>Drafts the next version of an object as the context tracks it.</summary>
    /// <param name="context">Unsaved rows count.</param>
    /// <param name="transaction">Gets the draft.</param>
    /// <param name="objectId">The object.</param>
    /// <param name="staged">Files staged already, by SHA-256.</param>
    /// <param name="message">Why the version is made.</param>
    /// <param name="agent">What makes it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="replacesObject">The object begins anew, and what it was is deleted.</param>
    /// <returns>Digests of what was staged from the store of derived content, where earlier releases kept media.</returns>
    internal async Task<IReadOnlyList<string>> AddDraftAsync(
        CatalogContext context,
        OcflTransaction transaction,
        string objectId,
        IReadOnlyDictionary<string, OcflStagedFile> staged,
        string message,
        string agent,
        CancellationToken cancellationToken,
        bool replacesObject = false)
    {
        var description = await DescriptionOfRows.DescribeAsync(context, objectId, cancellationToken);
        var draft = new OcflDraft
        {
            ObjectId = ObjectStorage.OcflId(objectId),
            CreatedAt = time.GetUtcNow(),
            Message = message,
            UserName = agent,
            ReplacesObject = replacesObject,
            UserAddress = string.Create(CultureInfo.InvariantCulture, $"preserve:agent:{agent.Replace(' ', '-')}"),
        };
        // A tombstone names files that are not there any more.
        var moved = description.PurgedAt is null ? await PutFilesAsync(context, transaction, draft, description, staged, cancellationToken) : [];
        foreach (var (path, content) in DescriptionFiles.Write(description))
        {
            draft.Put(path, await transaction.StageAsync(content, cancellationToken));
        }

        transaction.Add(draft);
        context.Objects.Local.Single(one => one.Id == objectId).DescribedEvents = description.Events.Count;
        return moved;
    }

    private async Task<List<string>> PutFilesAsync(
        CatalogContext context,
        OcflTransaction transaction,
        OcflDraft draft,
        ObjectDescription description,
        IReadOnlyDictionary<string, OcflStagedFile> staged,
        CancellationToken cancellationToken)
    {
        var present = (await context.ContentLocations.Where(one => one.ObjectId == description.Id).Select(one => new { one.Sha256, one.Sha512, one.LengthInBytes })
            .ToListAsync(cancellationToken)).DistinctBy(one => one.Sha256).ToDictionary(one => one.Sha256);
        var moved = new List<string>();
        foreach (var file in description.Media.SelectMany(medium => medium.Representations).SelectMany(one => one.Files))
        {
            if (present.TryGetValue(file.Sha256, out var there))
            {
                draft.Put(file.Path, new OcflStagedFile("", there.Sha512, there.Sha256, there.LengthInBytes));
            }
            else if (staged.TryGetValue(file.Sha256, out var given))
            {
                draft.Put(file.Path, given);
            }
            else
            {
                draft.Put(file.Path, await StageEarlierAsync(transaction, file, cancellationToken));
                moved.Add(file.Sha256);
            }
        }

        return moved;
    }

    private async Task<OcflStagedFile> StageEarlierAsync(OcflTransaction transaction, FileDescription file, CancellationToken cancellationToken)
    {
        await using var content = derived.Open(file.Sha256);
        var staged = await transaction.StageAsync(content, file.LengthInBytes, cancellationToken);
        return staged.Sha256 == file.Sha256
            ? staged
            : throw new InvalidDataException($"'{file.Name}' is damaged: its SHA-256 is {staged.Sha256}, the catalog says {file.Sha256}.");
    }

    // Kept until the version was in its place: nothing was ever in one place only half.
    private async Task RemoveMovedAsync(CatalogContext context, IReadOnlyList<string> moved, CancellationToken cancellationToken)
    {
        foreach (var sha256 in moved)
        {
            var owners = context.Media.Where(medium => medium.Representations.Any(one => one.Files.Any(file => file.Sha256 == sha256))).Select(medium => medium.ObjectId);
            var isNeeded = await owners.AnyAsync(owner => !context.ContentLocations.Any(one => one.ObjectId == owner && one.Sha256 == sha256), cancellationToken)
                || await context.Environments.AnyAsync(one => one.PosterSha256 == sha256, cancellationToken)
                || await context.ProofScreens.AnyAsync(one => one.Sha256 == sha256, cancellationToken);
            if (!isNeeded)
            {
                derived.Remove(sha256);
            }
        }
    }
}
