using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Licences;

/// <summary>
/// A session takes one seat of every licensed object that it uses: in its environments' ancestry (the environments, their parents up to the
/// root, and the media in their bays), and what is attached to them.
/// </summary>
internal static class SeatTaking
{
    /// <summary>
    /// Tracks the seats to insert; the caller saves and commits, or rolls back. Run inside a transaction that holds the write lock
    /// (SQLite) or locks licences as it goes (PostgreSQL): two sessions never both get the last seat.
    /// </summary>
    /// <returns>Title of a licence with no seat left; null when every seat was taken.</returns>
    public static async Task<string?> TakeSeatsAsync(
        this CatalogContext context, Guid sessionId, IReadOnlySet<string> objects, CancellationToken cancellationToken)
    {
        var licences = await context.Licences.AsNoTracking()
            .Where(licence => objects.Contains(licence.ObjectId))
            .OrderBy(licence => licence.Id)
            .ToListAsync(cancellationToken);

        // Everybody locks in the order of ids, so nobody waits in a circle.
        foreach (var licence in licences.Where(licence => licence.Seats is not null))
        {
            await LockAsync(context, licence.Id, cancellationToken);
        }

        foreach (var ofObject in licences.GroupBy(licence => licence.ObjectId))
        {
            if (await FirstWithRoomAsync(context, ofObject, cancellationToken) is not { } licence)
            {
                return ofObject.First().Title;
            }

            context.Seats.Add(new Seat { LicenceId = licence.Id, SessionId = sessionId });
        }

        return null;
    }

    // An UPDATE that changes nothing: it takes the row's lock on PostgreSQL and costs nothing on SQLite, which holds its one lock already.
    private static Task<int> LockAsync(CatalogContext context, long licenceId, CancellationToken cancellationToken) =>
        context.Licences.Where(licence => licence.Id == licenceId)
            .ExecuteUpdateAsync(set => set.SetProperty(licence => licence.Seats, licence => licence.Seats), cancellationToken);

    private static async Task<Licence?> FirstWithRoomAsync(
        CatalogContext context, IEnumerable<Licence> licences, CancellationToken cancellationToken)
    {
        foreach (var licence in licences)
        {
            if (licence.Seats is not { } seats
                || await context.Seats.CountAsync(seat => seat.LicenceId == licence.Id, cancellationToken) < seats)
            {
                return licence;
            }
        }

        return null;
    }
}
