using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Descriptions;

/// <summary>Makes an empty catalog from storage alone, whole or not at all. Posters and fixity checks are due afterwards.</summary>
public sealed class ArchiveRebuild(ObjectStorage storage, ProfileRegister register, IDbContextFactory<CatalogContext> contexts)
{
    /// <param name="cancellationToken">Leaves the catalog empty.</param>
    /// <returns>What was made; null when the catalog has objects already.</returns>
    /// <exception cref="InvalidDataException">An object in storage cannot be read; the message says which and why.</exception>
    public async Task<RebuildResult?> RebuildAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Objects.AnyAsync(cancellationToken))
        {
            return null;
        }

        var stored = new StoredObjects(storage).Read().ToList();
        await RegisterProfilesAsync(stored, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        foreach (var one in stored)
        {
            context.Objects.Add(RebuiltRows.Object(one.Description));
            context.AddRange(RebuiltRows.Others(one.Description));
            context.ContentLocations.AddRange(one.Contents);
        }

        await AddGroupsAndRoomsAsync(context, stored, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        var media = context.Media.Local.ToDictionary(medium => (medium.ObjectId, medium.Name));
        foreach (var one in stored)
        {
            context.Environments.AddRange(one.Description.Environments.Select(environment => RebuiltRows.Environment(one.Description.Id, environment, media)));
            context.Exhibits.AddRange(one.Description.Exhibits.Select(exhibit => RebuiltRows.Exhibit(one.Description.Id, exhibit)));
        }

        await context.SaveChangesAsync(cancellationToken);
        await Withdrawals.Withdrawals.CloseWhatIsWithdrawnAsync(context, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RebuildResult(stored.Count, media.Count, context.Environments.Local.Count, context.Exhibits.Local.Count);
    }

    // A house without objects may have made some already: those stay as they are.
    private static async Task AddGroupsAndRoomsAsync(CatalogContext context, List<StoredObject> stored, CancellationToken cancellationToken)
    {
        var groups = await context.AccessGroups.Select(group => group.Id).ToListAsync(cancellationToken);
        var rooms = await context.ReadingRooms.Select(room => room.Id).ToListAsync(cancellationToken);
        context.AddRange(RebuiltRows.Groups(stored.Select(one => one.Description)).Where(group => !groups.Contains(group.Id)));
        context.AddRange(RebuiltRows.Rooms(stored.Select(one => one.Description)).Where(room => !rooms.Contains(room.Id)));
    }

    // Installed ones are there already, and newer than what storage has.
    private async Task RegisterProfilesAsync(List<StoredObject> stored, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var known = (await context.Profiles.Select(profile => new { profile.Id, profile.Version }).ToListAsync(cancellationToken))
            .Select(profile => (profile.Id, profile.Version)).ToHashSet();
        await register.UpsertAsync(
            [.. stored.SelectMany(one => one.Description.Profiles).DistinctBy(profile => (profile.Id, profile.Version)).Where(profile => !known.Contains((profile.Id, profile.Version)))],
            cancellationToken);
    }
}

/// <summary>What was made from storage.</summary>
public sealed record RebuildResult(int Objects, int Media, int Environments, int Exhibits);
