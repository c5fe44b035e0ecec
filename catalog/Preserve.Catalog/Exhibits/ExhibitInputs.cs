using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Events;

namespace Preserve.Catalog.Exhibits;

/// <summary>Reads and sets the input of exhibits. A change is one transaction with its preservation event and its entry in the audit trail.</summary>
public sealed class ExhibitInputs(IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Null when there is no such exhibit, published or not.</summary>
    public async Task<ExhibitInput?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Exhibits.Where(one => one.Slug == slug).Select(one => one.Input).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Sets it; sessions that run keep what they began with. Whether the actor may is decided by who calls.</summary>
    /// <returns>Why it was not set; empty when it was, or was so already.</returns>
    public async Task<IReadOnlyList<string>> SetAsync(Actor actor, string slug, ExhibitInput input, CancellationToken cancellationToken)
    {
        if (input.Problems().Distinct().ToList() is { Count: > 0 } problems)
        {
            return problems;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Exhibits.SingleOrDefaultAsync(one => one.Slug == slug, cancellationToken) is not { } exhibit)
        {
            return [$"There is no exhibit at the address \"{slug}\"."];
        }

        exhibit.Input = input;
        if (context.Entry(exhibit).State == EntityState.Unchanged)
        {
            return [];
        }

        var detail = $"{input.QuickKeys.Count} quick keys; {(input.Gamepad is null ? "usual gamepad" : "gamepad of its own")}; keyboard {(input.Keyboard.Length > 0 ? input.Keyboard : "of the machine's year")}";
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.ExhibitInputChanged, slug, detail));
        context.Events.Add(PreservationEvent.OfModification(exhibit.ObjectId, actor, time.GetUtcNow(), $"input of the exhibit {slug}: {detail}"));
        await context.SaveChangesAsync(cancellationToken);
        return [];
    }
}
