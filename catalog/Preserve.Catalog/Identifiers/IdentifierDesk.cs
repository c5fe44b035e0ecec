using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;
using Preserve.Catalog.Events;

namespace Preserve.Catalog.Identifiers;

/// <summary>An identifier and its scheme.</summary>
public sealed record NamedIdentifier(string Scheme, string Value);

/// <summary>Gives objects the identifiers that they have elsewhere, and finds objects by them.</summary>
public sealed class IdentifierDesk(IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Most identifiers of one object.</summary>
    public const int Most = 50;

    /// <summary>In order of scheme and value.</summary>
    public async Task<IReadOnlyList<NamedIdentifier>> ListAsync(string objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Identifiers.AsNoTracking().Where(one => one.ObjectId == objectId).OrderBy(one => one.Scheme).ThenBy(one => one.Value)
            .Select(one => new NamedIdentifier(one.Scheme, one.Value)).ToListAsync(cancellationToken);
    }

    /// <summary>Takes the place of all that it had.</summary>
    /// <param name="objectId">Of the object.</param>
    /// <param name="given">With or without a resolver's address.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Leaves them as they were.</param>
    /// <returns>What is wrong; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> NameAsync(
        string objectId, IReadOnlyCollection<NamedIdentifier> given, Actor actor, CancellationToken cancellationToken)
    {
        var wanted = given.Select(one => one with { Scheme = one.Scheme.Trim(), Value = IdentifierScheme.Normalise(one.Scheme.Trim(), one.Value) }).ToHashSet();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindProblemsAsync(context, objectId, wanted, cancellationToken) is { Count: > 0 } problems)
        {
            return problems;
        }

        var rows = await context.Identifiers.Where(one => one.ObjectId == objectId).ToListAsync(cancellationToken);
        var gone = rows.Where(one => !wanted.Contains(new NamedIdentifier(one.Scheme, one.Value))).ToList();
        var made = wanted.Except(rows.Select(one => new NamedIdentifier(one.Scheme, one.Value))).Select(one => Row(objectId, one)).ToList();
        if (gone.Count == 0 && made.Count == 0)
        {
            return [];
        }

        context.Identifiers.RemoveRange(gone);
        context.Identifiers.AddRange(made);
        var words = wanted.Count == 0 ? "none" : string.Join(", ", wanted.OrderBy(one => one.Scheme, StringComparer.Ordinal).ThenBy(one => one.Value, StringComparer.Ordinal).Select(one => $"{one.Scheme} {one.Value}"));
        context.Events.Add(PreservationEvent.OfModification(objectId, actor, time.GetUtcNow(), $"identifiers: {words}"));
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.IdentifiersChanged, objectId, $"{made.Count} added, {gone.Count} removed"));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return [];
        }
        catch (DbUpdateException)
        {
            return ["Somebody else has just given one of these identifiers away, or changed those of this object. Look again."];
        }
    }

    /// <summary>Ids of the first objects, at most <see cref="Most"/>, that have an identifier.</summary>
    /// <param name="scheme">Null for any.</param>
    /// <param name="value">With or without a resolver's address.</param>
    /// <param name="open">Ids of the objects that are open to whoever asks; null for all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<string>> FindAsync(
        string? scheme, string value, Func<CatalogContext, IQueryable<string>>? open, CancellationToken cancellationToken)
    {
        var forms = (scheme is null ? IdentifierScheme.All.Select(one => one.Name).Append("") : [scheme])
            .Select(one => IdentifierScheme.Normalise(one, value)).Distinct().ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = context.Identifiers.Where(one => forms.Contains(one.Value) && (scheme == null || one.Scheme == scheme));
        if (open is not null)
        {
            var ids = open(context);
            found = found.Where(one => ids.Contains(one.ObjectId));
        }

        return await found
            .Select(one => one.ObjectId).Distinct().OrderBy(id => id).Take(Most).ToListAsync(cancellationToken);
    }

    internal static ObjectIdentifier Row(string objectId, NamedIdentifier one) => new()
    {
        ObjectId = objectId, Scheme = one.Scheme, Value = one.Value,
        UniqueAs = IdentifierScheme.Find(one.Scheme) is { IsUnique: true } ? $"{one.Scheme}:{one.Value}" : null,
    };

    /// <summary>What is wrong with one by itself, normalised as it is, in words; null for a good one.</summary>
    internal static string? Problem(NamedIdentifier one)
    {
        if (!IdentifierScheme.IsName(one.Scheme))
        {
            return $"'{Short(one.Scheme)}' is no name of a scheme: a-z, 0-9 and -, beginning with a letter, up to 32.";
        }

        if (one.Value.Length <= ColumnLengths.FileName && IdentifierScheme.IsSound(one.Scheme, one.Value))
        {
            return null;
        }

        return IdentifierScheme.Find(one.Scheme) is { } known
            ? $"'{Short(one.Value)}' is no {known.Title}. One is written like {known.Example}."
            : $"The identifier of {one.Scheme} has 1 to {ColumnLengths.FileName} characters on one line.";
    }

    private static async Task<List<string>> FindProblemsAsync(
        CatalogContext context, string objectId, HashSet<NamedIdentifier> wanted, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        if (!await context.Objects.AnyAsync(one => one.Id == objectId, cancellationToken))
        {
            problems.Add($"There is no object '{objectId}'.");
        }

        if (wanted.Count > Most)
        {
            problems.Add($"One object has at most {Most} identifiers, not {wanted.Count}.");
        }

        foreach (var one in wanted.Take(Most))
        {
            if (Problem(one) is { } problem)
            {
                problems.Add(problem);
            }
        }

        var unique = wanted.Select(one => Row(objectId, one).UniqueAs).OfType<string>().ToList();
        var taken = await context.Identifiers.Where(one => one.ObjectId != objectId && one.UniqueAs != null && unique.Contains(one.UniqueAs))
            .Select(one => new { one.Scheme, one.Value, one.ObjectId }).ToListAsync(cancellationToken);
        problems.AddRange(taken.Select(one => $"'{one.Value}' is the {IdentifierScheme.Find(one.Scheme)!.Title} of '{one.ObjectId}' already."));
        return problems;
    }

    private static string Short(string text) => text.Length <= 80 ? text : text[..80];
}
