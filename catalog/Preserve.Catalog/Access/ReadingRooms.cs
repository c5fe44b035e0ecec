using System.Net;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;

namespace Preserve.Catalog.Access;

/// <summary>Reading rooms and their networks. Each act is one transaction with its entry in the audit trail.</summary>
public sealed class ReadingRooms(IDbContextFactory<CatalogContext> contexts, AuditTrail audit)
{
    /// <summary>By title.</summary>
    public async Task<IReadOnlyList<ReadingRoom>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ReadingRooms.AsNoTracking().OrderBy(room => room.Title).ThenBy(room => room.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Ids of the rooms that an address is in. A house has a few rooms: all are looked at.</summary>
    public async Task<IReadOnlyList<string>> OfAddressAsync(IPAddress address, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rooms = await context.ReadingRooms.AsNoTracking().ToListAsync(cancellationToken);
        return [.. rooms.Where(room => room.Has(address)).Select(room => room.Id)];
    }

    /// <summary>Makes a room, or gives one another title and other networks.</summary>
    /// <returns>Why not; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync(
        Actor actor, string id, string title, IReadOnlyList<string> networks, CancellationToken cancellationToken)
    {
        if (AccessCheck.Problems(id, title).Concat(AccessCheck.NetworkProblems(networks)).ToList() is { Count: > 0 } problems)
        {
            return problems;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.ReadingRooms.SingleOrDefaultAsync(room => room.Id == id, cancellationToken) is { } known)
        {
            (known.Title, known.Networks) = (title, [.. networks]);
        }
        else if (await context.ReadingRooms.CountAsync(cancellationToken) >= AccessCheck.Most)
        {
            return [$"There are {AccessCheck.Most} reading rooms, which is the most."];
        }
        else
        {
            context.ReadingRooms.Add(new ReadingRoom { Id = id, Title = title, Networks = [.. networks] });
        }

        return await SaveAsync(context, actor, id, $"called \"{title}\", {string.Join(", ", networks)}", cancellationToken);
    }

    /// <summary>Deletes a room that no rule names.</summary>
    /// <returns>Why not; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> DeleteAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Exhibits.Where(exhibit => exhibit.Rooms.Any(one => one.RoomId == id)).Select(exhibit => exhibit.Slug).Take(5)
            .ToListAsync(cancellationToken) is { Count: > 0 } named)
        {
            return [$"The rules of {string.Join(", ", named)} name this room. Change them first."];
        }

        context.ReadingRooms.RemoveRange(context.ReadingRooms.Where(room => room.Id == id));
        return await SaveAsync(context, actor, id, "deleted", cancellationToken);
    }

    private async Task<IReadOnlyList<string>> SaveAsync(CatalogContext context, Actor actor, string id, string detail, CancellationToken cancellationToken)
    {
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.ReadingRoomChanged, id, detail));
        await context.SaveChangesAsync(cancellationToken);
        return [];
    }
}
