using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Rights;
using Preserve.Web.Access;

namespace Preserve.Web.Oai;

/// <summary>A record to harvest. Deleted: the object was withdrawn, and only the header is left.</summary>
/// <param name="ObjectId">Its id in the catalog.</param>
/// <param name="ChangedAt">UTC milliseconds.</param>
/// <param name="IsDeleted">No metadata any more.</param>
/// <param name="Sets">Set specs, in order.</param>
/// <param name="Description">What Dublin Core is written from.</param>
/// <param name="Exhibits">Addresses of exhibits that are open to the harvester.</param>
public sealed record OaiRecord(
    string ObjectId, long ChangedAt, bool IsDeleted, IReadOnlyList<string> Sets, ObjectDescription Description, IReadOnlyList<string> Exhibits);

/// <summary>A part of a list.</summary>
public sealed record OaiPage(IReadOnlyList<OaiRecord> Records, bool HasMore);

/// <summary>
/// Objects for harvesters. The access decision says which: those with an exhibit that is open to whoever asks, and those withdrawn that they
/// could have seen, as deleted. What is under embargo, or closed by a rule, is not there. An object changes with each event about it, and when
/// an embargo on an exhibit of it ends.
/// </summary>
public sealed class OaiReader(IDbContextFactory<CatalogContext> contexts)
{
    private const string SetPrefix = "platform:";

    /// <summary>Sets that have a record, by spec: the platforms that objects run on.</summary>
    public async Task<IReadOnlyList<(string Spec, string Name)>> SetsAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var platforms = await Seen(context, viewer)
            .SelectMany(one => context.Environments.Where(environment => environment.ObjectId == one.Object.Id).Select(environment => environment.Profile!.Architecture))
            .Distinct().OrderBy(name => name).ToListAsync(cancellationToken);
        return [.. platforms.Select(name => (SetPrefix + name, $"Runs on {name}"))];
    }

    /// <summary>UTC milliseconds of the oldest record; null when there is none.</summary>
    public async Task<long?> EarliestAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Seen(context, viewer).MinAsync(one => (long?)one.ChangedAt, cancellationToken);
    }

    /// <summary>Null when there is no such record for this harvester.</summary>
    public async Task<OaiRecord?> FindAsync(string objectId, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await Seen(context, viewer).Where(one => one.Object.Id == objectId).ToListAsync(cancellationToken);
        return (await RecordsAsync(context, found, viewer, cancellationToken)).SingleOrDefault();
    }

    /// <summary>How many records a list has.</summary>
    public async Task<int> CountAsync(OaiPlace place, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Matching(context, place, viewer).CountAsync(cancellationToken);
    }

    /// <summary>The next records of a list, by id.</summary>
    public async Task<OaiPage> ListAsync(OaiPlace place, int take, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var after = place.After;
#pragma warning disable CA1309, CA1310 // Translated to the engine's own comparison, by which it also orders.
        var found = await Matching(context, place, viewer).Where(one => string.Compare(one.Object.Id, after) > 0)
            .OrderBy(one => one.Object.Id).Take(take + 1).ToListAsync(cancellationToken);
#pragma warning restore CA1309, CA1310
        return new OaiPage(await RecordsAsync(context, [.. found.Take(take)], viewer, cancellationToken), found.Count > take);
    }

    private static IQueryable<SeenObject> Matching(CatalogContext context, OaiPlace place, Viewer viewer)
    {
        var seen = Seen(context, viewer).Where(one => one.ChangedAt <= place.Until);
        seen = place.From is { } from ? seen.Where(one => one.ChangedAt >= from) : seen;
        if (place.Set is not { } set)
        {
            return seen;
        }

        var platform = set.StartsWith(SetPrefix, StringComparison.Ordinal) ? set[SetPrefix.Length..] : "";
        return seen.Where(one => context.Environments.Any(environment => environment.ObjectId == one.Object.Id && environment.Profile!.Architecture == platform));
    }

    private static IQueryable<SeenObject> Seen(CatalogContext context, Viewer viewer)
    {
        var open = context.Exhibits.Where(AccessDecision.OpenTo(viewer)).Select(exhibit => exhibit.ObjectId);
        var gone = context.Exhibits.Where(AccessDecision.WithdrawnFrom(viewer)).Select(exhibit => exhibit.ObjectId);
        var now = viewer.Now;
        return
            from one in context.Objects.AsNoTracking()
            where open.Contains(one.Id) || gone.Contains(one.Id)
            let told = context.Events.Where(e => e.ObjectId == one.Id && !e.IsRoutine).Max(e => (long?)e.OccurredAt) ?? one.CreatedAt
            let opened = context.Exhibits.Where(e => e.ObjectId == one.Id && e.EmbargoUntil <= now).Max(e => e.EmbargoUntil) ?? 0
            select new SeenObject { Object = one, ChangedAt = told > opened ? told : opened, IsDeleted = !open.Contains(one.Id) };
    }

    private static async Task<IReadOnlyList<OaiRecord>> RecordsAsync(
        CatalogContext context, IReadOnlyList<SeenObject> found, Viewer viewer, CancellationToken cancellationToken)
    {
        var ids = found.Select(one => one.Object.Id).ToList();
        var kinds = (await context.Media.Where(medium => ids.Contains(medium.ObjectId)).OrderBy(medium => medium.Order)
            .Select(medium => new { medium.ObjectId, medium.Kind }).ToListAsync(cancellationToken)).ToLookup(one => one.ObjectId, one => one.Kind);
        var platforms = (await context.Environments.Where(one => ids.Contains(one.ObjectId)).Select(one => new { one.ObjectId, one.Profile!.Architecture })
            .Distinct().ToListAsync(cancellationToken)).ToLookup(one => one.ObjectId, one => SetPrefix + one.Architecture);
        var exhibits = (await context.Exhibits.Where(AccessDecision.OpenTo(viewer)).Where(one => ids.Contains(one.ObjectId)).OrderBy(one => one.Slug)
            .Select(one => new { one.ObjectId, one.Slug }).ToListAsync(cancellationToken)).ToLookup(one => one.ObjectId, one => one.Slug);
        var rights = (await context.RightsStatements.AsNoTracking().Where(one => ids.Contains(one.ObjectId)).OrderBy(one => one.Order).ToListAsync(cancellationToken)).ToLookup(one => one.ObjectId, RightsToState.Of);
        var names = (await context.Identifiers.AsNoTracking().Where(one => ids.Contains(one.ObjectId)).OrderBy(one => one.Scheme).ThenBy(one => one.Value).ToListAsync(cancellationToken))
            .ToLookup(one => one.ObjectId, one => new NamedIdentifier(one.Scheme, one.Value));
        return [.. found.Select(one => new OaiRecord(
            one.Object.Id, one.ChangedAt, one.IsDeleted, [.. platforms[one.Object.Id].Order(StringComparer.Ordinal)],
            Describe(one.Object, kinds[one.Object.Id]) with { RightsStatements = [.. rights[one.Object.Id]], Identifiers = [.. names[one.Object.Id]] },
            [.. exhibits[one.Object.Id]]))];
    }

    private static ObjectDescription Describe(PreservedObject one, IEnumerable<string> kinds) => new()
    {
        Id = one.Id, Title = one.Title, Date = one.Date, Creators = one.Creators, Description = one.Description, Rights = one.Rights, Source = one.Source,
        CreatedAt = one.CreatedAt, Media = [.. kinds.Distinct().Select(kind => new MediumDescription("", kind, 1, "", []))],
    };

    private sealed class SeenObject
    {
        public required PreservedObject Object { get; init; }

        public required long ChangedAt { get; init; }

        public required bool IsDeleted { get; init; }
    }
}
