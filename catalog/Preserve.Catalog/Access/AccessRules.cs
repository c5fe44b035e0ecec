using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;
using Preserve.Catalog.Events;
using Preserve.Catalog.Exhibits;

namespace Preserve.Catalog.Access;

/// <summary>Reads and sets the rule of an exhibit. Each change is one transaction with its preservation event and its entry in the audit trail.</summary>
public sealed class AccessRules(IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Null when there is no such exhibit, published or not.</summary>
    public async Task<AccessRule?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var exhibit = await WithRule(context.Exhibits.AsNoTracking()).SingleOrDefaultAsync(one => one.Slug == slug, cancellationToken);
        return exhibit is null ? null : AccessRule.Of(exhibit);
    }

    /// <summary>Sets the rule. Whether the actor may is decided by who calls.</summary>
    /// <returns>Why it was not set; empty when it was, or was so already.</returns>
    public async Task<IReadOnlyList<string>> SetAsync(Actor actor, string slug, AccessRule rule, CancellationToken cancellationToken)
    {
        if (AccessCheck.Problems(rule).ToList() is { Count: > 0 } problems)
        {
            return problems;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await WithRule(context.Exhibits).SingleOrDefaultAsync(one => one.Slug == slug, cancellationToken) is not { } exhibit)
        {
            return [$"There is no exhibit at the address \"{slug}\"."];
        }

        if (await UnknownAsync(context, rule, cancellationToken) is { Count: > 0 } unknown)
        {
            return unknown;
        }

        var before = AccessCheck.Words(AccessRule.Of(exhibit));
        Apply(exhibit, rule);
        var after = AccessCheck.Words(AccessRule.Of(exhibit));
        if (before == after)
        {
            return [];
        }

        Record(context, actor, exhibit, $"from {before} to {after}");
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [];
    }

    private static IQueryable<Exhibit> WithRule(IQueryable<Exhibit> exhibits) =>
        exhibits.Include(one => one.Groups).Include(one => one.Rooms).AsSplitQuery();

    private static async Task<List<string>> UnknownAsync(CatalogContext context, AccessRule rule, CancellationToken cancellationToken)
    {
        var (groups, rooms) = (rule.Groups, rule.Rooms);
        var knownGroups = await context.AccessGroups.Where(one => groups.Contains(one.Id)).Select(one => one.Id).ToListAsync(cancellationToken);
        var knownRooms = await context.ReadingRooms.Where(one => rooms.Contains(one.Id)).Select(one => one.Id).ToListAsync(cancellationToken);
        return
        [
            .. groups.Except(knownGroups).Select(id => $"There is no group \"{ColumnLengths.Fit(id, ColumnLengths.Id)}\"."),
            .. rooms.Except(knownRooms).Select(id => $"There is no reading room \"{ColumnLengths.Fit(id, ColumnLengths.Id)}\"."),
        ];
    }

    private static void Apply(Exhibit exhibit, AccessRule rule)
    {
        exhibit.Audience = rule.Audience;
        exhibit.RoomRule = rule.RoomRule;
        exhibit.EmbargoUntil = rule.EmbargoUntil;
        exhibit.Groups.RemoveAll(one => !rule.Groups.Contains(one.GroupId));
        exhibit.Groups.AddRange(rule.Groups.Distinct().Except(exhibit.Groups.Select(one => one.GroupId)).ToList().Select(id => new ExhibitGroup { GroupId = id }));
        exhibit.Rooms.RemoveAll(one => !rule.Rooms.Contains(one.RoomId));
        exhibit.Rooms.AddRange(rule.Rooms.Distinct().Except(exhibit.Rooms.Select(one => one.RoomId)).ToList().Select(id => new ExhibitRoom { RoomId = id }));
    }

    private void Record(CatalogContext context, Actor actor, Exhibit exhibit, string detail)
    {
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.AccessRuleChanged, exhibit.Slug, detail));
        context.Events.Add(PreservationEvent.OfModification(exhibit.ObjectId, actor, time.GetUtcNow(), $"access rule of the exhibit {exhibit.Slug}: {detail}"));
    }
}
