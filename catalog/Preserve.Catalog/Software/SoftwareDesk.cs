using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Events;

namespace Preserve.Catalog.Software;

/// <summary>One thing that a software object can do.</summary>
/// <param name="Puid">With which format.</param>
/// <param name="Use">What.</param>
/// <param name="Name">Of the format, as some file of that format was identified here; empty where none was.</param>
public sealed record DeclaredFormat(string Puid, FormatUse Use, string Name = "");

/// <summary>Says which formats software opens, imports and exports. What is said goes into the object's description, so that storage alone knows it.</summary>
public sealed class SoftwareDesk(IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Most that one object declares.</summary>
    public const int Most = 500;

    /// <summary>What an object declares, in order of use and PUID.</summary>
    public async Task<IReadOnlyList<DeclaredFormat>> ListAsync(string objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.SoftwareFormats.AsNoTracking().Where(one => one.ObjectId == objectId).ToListAsync(cancellationToken);
        var names = await context.FormatNamesAsync(rows.Select(one => one.Puid), cancellationToken);
        return [.. rows.OrderBy(one => one.Use).ThenBy(one => one.Puid, StringComparer.Ordinal).Select(one => new DeclaredFormat(one.Puid, one.Use, names.GetValueOrDefault(one.Puid, "")))];
    }

    /// <summary>Takes the place of all that was declared. Saying the same again changes nothing.</summary>
    /// <param name="objectId">Of the software.</param>
    /// <param name="declared">At most <see cref="Most"/>; empty for what is no software.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Leaves it as it was.</param>
    /// <returns>What is wrong; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> DeclareAsync(
        string objectId, IReadOnlyCollection<DeclaredFormat> declared, Actor actor, CancellationToken cancellationToken)
    {
        var wanted = declared.Select(one => (Puid: one.Puid.Trim(), one.Use)).ToHashSet();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindProblemsAsync(context, objectId, wanted, cancellationToken) is { Count: > 0 } problems)
        {
            return problems;
        }

        var rows = await context.SoftwareFormats.Where(one => one.ObjectId == objectId).ToListAsync(cancellationToken);
        var gone = rows.Where(one => !wanted.Contains((one.Puid, one.Use))).ToList();
        var made = wanted.Except(rows.Select(one => (one.Puid, one.Use))).Select(one => new SoftwareFormat { ObjectId = objectId, Puid = one.Puid, Use = one.Use }).ToList();
        if (gone.Count == 0 && made.Count == 0)
        {
            return [];
        }

        context.SoftwareFormats.RemoveRange(gone);
        context.SoftwareFormats.AddRange(made);
        context.Events.Add(Event(objectId, wanted, actor));
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.SoftwareDeclared, objectId, $"{made.Count} added, {gone.Count} removed"));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return [];
        }
        catch (DbUpdateException)
        {
            return ["Somebody else has just changed what this software declares. Look again."];
        }
    }

    private static async Task<List<string>> FindProblemsAsync(
        CatalogContext context, string objectId, HashSet<(string Puid, FormatUse Use)> wanted, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        if (!await context.Objects.AnyAsync(one => one.Id == objectId, cancellationToken))
        {
            problems.Add($"There is no object '{objectId}'.");
        }

        if (wanted.Count > Most)
        {
            problems.Add($"One object declares at most {Most} formats, not {wanted.Count}.");
        }

        problems.AddRange(wanted.Where(one => !Puid.IsWellFormed(one.Puid)).Take(5)
            .Select(one => $"'{(one.Puid.Length <= 40 ? one.Puid : one.Puid[..40])}' is no PUID: those are written like fmt/40 or x-fmt/111."));
        if (wanted.Any(one => !Enum.IsDefined(one.Use)))
        {
            problems.Add("Software opens, imports or exports a format; there is no other use.");
        }

        return problems;
    }

    private PreservationEvent Event(string objectId, HashSet<(string Puid, FormatUse Use)> declared, Actor actor)
    {
        var words = declared.GroupBy(one => one.Use).OrderBy(one => one.Key)
            .Select(one => $"{one.Key.ToString().ToLowerInvariant()} {string.Join(", ", one.Select(format => format.Puid).Order(StringComparer.Ordinal))}");
        return PreservationEvent.OfModification(
            objectId, actor, time.GetUtcNow(), declared.Count == 0 ? "software formats: none" : $"software formats: {string.Join("; ", words)}");
    }
}
