using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;
using Preserve.Catalog.Events;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Exhibits;

/// <summary>The exhibit is there, or everything that is in its way.</summary>
public sealed record ExhibitDraftResult(IReadOnlyList<string> Problems)
{
    public bool IsDone => Problems.Count == 0;
}

/// <summary>Makes exhibits of environments. Unpublished: nobody but the house sees them before a rights basis is stated.</summary>
public sealed class ExhibitDrafts(IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <param name="environmentId">What it is to show.</param>
    /// <param name="slug"><c>[a-z0-9-]{1,64}</c>, for its address, not in use yet.</param>
    /// <param name="title">For visitors.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    public async Task<ExhibitDraftResult> MakeAsync(
        string environmentId, string slug, string title, Actor actor, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var environment = await context.Environments.AsNoTracking().SingleOrDefaultAsync(one => one.Id == environmentId, cancellationToken);
        var problems = await FindProblemsAsync(context, environment is not null, environmentId, slug, title, cancellationToken);
        if (problems.Count > 0)
        {
            return new ExhibitDraftResult(problems);
        }

        var now = time.GetUtcNow();
        var label = await context.Objects.Where(one => one.Id == environment!.ObjectId).Select(one => one.Description).SingleAsync(cancellationToken);
        var exhibit = new Exhibit { Slug = slug, Title = title.Trim(), ObjectId = environment!.ObjectId, LabelText = label, CreatedAt = now.ToUnixTimeMilliseconds() };
        exhibit.Environments.Add(new ExhibitEnvironment { EnvironmentId = environmentId });
        context.Exhibits.Add(exhibit);
        context.Events.Add(PreservationEvent.OfModification(
            environment.ObjectId, actor, now, $"exhibit {slug} drafted, of the environment {environmentId}; not published"));
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.ExhibitDrafted, slug, environmentId));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return new ExhibitDraftResult([]);
        }
        catch (DbUpdateException)
        {
            return new ExhibitDraftResult([$"Somebody else has just taken the address '{slug}'."]);
        }
    }

    private static async Task<List<string>> FindProblemsAsync(
        CatalogContext context, bool isEnvironmentThere, string environmentId, string slug, string title, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        if (!isEnvironmentThere)
        {
            problems.Add($"There is no environment '{environmentId}'.");
        }

        if (PlainId.Problem(slug) is { } wrong)
        {
            problems.Add(wrong);
        }
        else if (await context.Exhibits.AnyAsync(one => one.Slug == slug, cancellationToken))
        {
            problems.Add($"There is an exhibit '{slug}' already.");
        }

        if (string.IsNullOrWhiteSpace(title) || title.Length > ColumnLengths.Title || title.Any(char.IsControl))
        {
            problems.Add($"The title is not one line of 1 to {ColumnLengths.Title} characters.");
        }

        return problems;
    }
}
