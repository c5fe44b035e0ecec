using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Events;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Access;

/// <summary>Says who may run an object without an exhibit.</summary>
public sealed class ResearchRules(IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <param name="objectId">Of the object.</param>
    /// <param name="use">Who may.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Leaves it as it was.</param>
    /// <returns>What is wrong; empty when it is so now.</returns>
    public async Task<IReadOnlyList<string>> SetAsync(string objectId, ResearchUse use, Actor actor, CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(use))
        {
            return ["Researchers may run an object without an exhibit, or only curators; there is no other rule."];
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Objects.SingleOrDefaultAsync(one => one.Id == objectId, cancellationToken) is not { } row)
        {
            return [$"There is no object '{objectId}'."];
        }

        if (row.ResearchUse != use)
        {
            row.ResearchUse = use;
            var words = $"run without an exhibit by {use.ToString().ToLowerInvariant()}";
            context.AuditEntries.Add(audit.Entry(actor, AuditAction.AccessRuleChanged, objectId, words));
            context.Events.Add(PreservationEvent.OfModification(objectId, actor, time.GetUtcNow(), words));
            await context.SaveChangesAsync(cancellationToken);
        }

        return [];
    }
}
