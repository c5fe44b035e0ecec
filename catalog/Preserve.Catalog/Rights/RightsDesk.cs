using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Events;

namespace Preserve.Catalog.Rights;

/// <summary>Rights as they are given.</summary>
/// <param name="Basis">What they rest on.</param>
/// <param name="Uri">Of RightsStatements.org or Creative Commons; null or empty for none.</param>
/// <param name="CopyrightStatus">For copyright, and only there.</param>
/// <param name="Jurisdiction">Two letters of ISO 3166; for copyright and statute, and only there.</param>
/// <param name="Citation">For a statute, and only there.</param>
/// <param name="Terms">In words.</param>
public sealed record RightsToState(
    RightsBasis Basis, string? Uri = null, CopyrightStatus? CopyrightStatus = null, string Jurisdiction = "", string Citation = "", string Terms = "")
{
    public static RightsToState Of(RightsStatement one) => new(one.Basis, one.Uri, one.CopyrightStatus, one.Jurisdiction, one.Citation, one.Terms);
}

/// <summary>States the rights of objects by their basis.</summary>
public sealed class RightsDesk(IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>In their order. Not tracked.</summary>
    public async Task<IReadOnlyList<RightsStatement>> ListAsync(string objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RightsStatements.AsNoTracking().Where(one => one.ObjectId == objectId).OrderBy(one => one.Order).ToListAsync(cancellationToken);
    }

    /// <summary>Takes the place of all that was stated.</summary>
    /// <param name="objectId">Of the object.</param>
    /// <param name="given">In order; empty for none.</param>
    /// <param name="actor">Who states them.</param>
    /// <param name="cancellationToken">Leaves them as they were.</param>
    /// <returns>What is wrong; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> StateAsync(
        string objectId, IReadOnlyList<RightsToState> given, Actor actor, CancellationToken cancellationToken)
    {
        if (RightsCheck.Problems(given) is { Count: > 0 } problems)
        {
            return problems;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Objects.AnyAsync(one => one.Id == objectId, cancellationToken))
        {
            return [$"There is no object '{objectId}'."];
        }

        var before = await context.RightsStatements.Where(one => one.ObjectId == objectId).OrderBy(one => one.Order).ToListAsync(cancellationToken);
        var rows = given.Select((one, index) => Row(objectId, one, index + 1)).ToList();
        if (before.Select(RightsToState.Of).SequenceEqual(rows.Select(RightsToState.Of)))
        {
            return [];
        }

        // In two steps: the places of the old ones are unique too.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        context.RightsStatements.RemoveRange(before);
        var words = rows.Count == 0 ? "none" : string.Join(" | ", rows.Select(RightsWords.Of));
        context.Events.Add(PreservationEvent.OfModification(objectId, actor, time.GetUtcNow(), $"rights: {words}"));
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.RightsStated, objectId, string.Join(", ", rows.Select(one => one.Uri ?? one.Basis.ToString()))));
        try
        {
            // Those of before may be gone already.
            await context.SaveChangesAsync(cancellationToken);
            context.RightsStatements.AddRange(rows);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return [];
        }
        catch (DbUpdateException)
        {
            return ["Somebody else has just stated the rights of this object. Look again."];
        }
    }

    internal static RightsStatement Row(string objectId, RightsToState one, int order) => new()
    {
        ObjectId = objectId, Order = order, Basis = one.Basis, Uri = RightsVocabulary.Find(one.Uri)?.Uri, CopyrightStatus = one.CopyrightStatus,
        Jurisdiction = one.Jurisdiction, Citation = one.Citation.Trim(), Terms = one.Terms.Trim(),
    };
}
