using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Events;

namespace Preserve.Catalog.Licences;

/// <summary>Licences and their seats, for curators. Each change is one transaction with its event and its entry in the audit trail.</summary>
public sealed class LicenceDesk(IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    private const int MostSeats = 1_000_000;
    private const int MostLicences = 100;

    /// <summary>Every object that a session of an exhibit uses, by id, each with its licences and the seats that are taken now.</summary>
    public async Task<IReadOnlyList<LicensedObject>> OfExhibitAsync(string slug, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var environments = await context.Exhibits.Where(exhibit => exhibit.Slug == slug)
            .SelectMany(exhibit => exhibit.Environments.Select(link => link.EnvironmentId)).ToListAsync(cancellationToken);
        var ids = await context.ObjectsInAsync(environments, cancellationToken);
        var objects = await context.Objects.AsNoTracking().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id)
            .Select(one => new { one.Id, one.Title }).ToListAsync(cancellationToken);
        var licences = (await context.Licences.AsNoTracking().Where(one => ids.Contains(one.ObjectId)).OrderBy(one => one.Id)
            .Select(one => new { one.ObjectId, View = new LicenceView(one.Id, one.Title, one.Seats, context.Seats.Count(seat => seat.LicenceId == one.Id)) })
            .ToListAsync(cancellationToken)).ToLookup(one => one.ObjectId, one => one.View);
        return [.. objects.Select(one => new LicensedObject(one.Id, one.Title, [.. licences[one.Id]]))];
    }

    /// <summary>Adds a licence to an object.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="objectId">The object.</param>
    /// <param name="title">Such as the number of a contract.</param>
    /// <param name="seats">Uses at one time; null for no limit.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    /// <returns>Why not; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> AddAsync(Actor actor, string objectId, string title, int? seats, CancellationToken cancellationToken)
    {
        if (Problems(title, seats) is { Count: > 0 } problems)
        {
            return problems;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Objects.AnyAsync(one => one.Id == objectId, cancellationToken))
        {
            return ["There is no such object."];
        }

        if (await context.Licences.CountAsync(one => one.ObjectId == objectId, cancellationToken) >= MostLicences)
        {
            return [$"An object has at most {MostLicences} licences."];
        }

        context.Licences.Add(new Licence { ObjectId = objectId, Title = title.Trim(), Seats = seats });
        await SaveAsync(context, actor, objectId, $"licence \"{title.Trim()}\", {Words(seats)}", cancellationToken);
        return [];
    }

    /// <summary>Changes how many may use it at one time. Sessions that have a seat keep it until they end.</summary>
    /// <returns>Why not; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> SetSeatsAsync(Actor actor, long licenceId, int? seats, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Licences.SingleOrDefaultAsync(one => one.Id == licenceId, cancellationToken) is not { } licence)
        {
            return ["There is no such licence any more."];
        }

        if (Problems(licence.Title, seats) is { Count: > 0 } problems)
        {
            return problems;
        }

        licence.Seats = seats;
        await SaveAsync(context, actor, licence.ObjectId, $"licence \"{licence.Title}\", {Words(seats)}", cancellationToken);
        return [];
    }

    /// <summary>Removes a licence of which no seat is taken.</summary>
    /// <returns>Why not; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(Actor actor, long licenceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Licences.SingleOrDefaultAsync(one => one.Id == licenceId, cancellationToken) is not { } licence)
        {
            return [];
        }

        if (await context.Seats.AnyAsync(seat => seat.LicenceId == licenceId, cancellationToken))
        {
            return ["Sessions have seats of this licence now. Set its seats to 0 and remove it when they have ended."];
        }

        context.Licences.Remove(licence);
        await SaveAsync(context, actor, licence.ObjectId, $"licence \"{licence.Title}\" removed", cancellationToken);
        return [];
    }

    private static List<string> Problems(string title, int? seats)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(title) || title.Trim().Length > ColumnLengths.Title || title.Any(char.IsControl))
        {
            problems.Add($"A licence's title has 1 to {ColumnLengths.Title} characters, on one line.");
        }

        if (seats is < 0 or > MostSeats)
        {
            problems.Add($"Seats are 0 to {MostSeats}, or nothing for no limit.");
        }

        return problems;
    }

    private static string Words(int? seats) => seats switch { null => "no limit of seats", 1 => "1 seat", _ => $"{seats} seats" };

    private async Task SaveAsync(CatalogContext context, Actor actor, string objectId, string detail, CancellationToken cancellationToken)
    {
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.LicenceChanged, objectId, detail));
        context.Events.Add(PreservationEvent.OfModification(objectId, actor, time.GetUtcNow(), detail));
        await context.SaveChangesAsync(cancellationToken);
    }
}

/// <summary>An object that a session uses.</summary>
public sealed record LicensedObject(string Id, string Title, IReadOnlyList<LicenceView> Licences);

/// <summary>A licence and how many of its seats are taken.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Seats">Uses at one time; null for no limit.</param>
/// <param name="Taken">Uses now.</param>
public sealed record LicenceView(long Id, string Title, int? Seats, int Taken);
