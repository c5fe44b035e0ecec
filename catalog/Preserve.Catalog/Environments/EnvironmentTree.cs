using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Events;
using Preserve.Catalog.Import;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Environments;

/// <summary>What a derivative is called, and what was done to its parent.</summary>
/// <param name="Id"><c>[a-z0-9-]{1,64}</c>, not in use yet.</param>
/// <param name="Title">For people.</param>
/// <param name="Note">What was done, in words; not empty.</param>
public sealed record DerivativeRequest(string Id, string Title, string Note);

/// <summary>It is done, or everything that is in its way.</summary>
public sealed record EnvironmentTreeResult(IReadOnlyList<string> Problems)
{
    public static readonly EnvironmentTreeResult Done = new([]);

    public bool IsDone => Problems.Count == 0;

    public static EnvironmentTreeResult Refused(params string[] problems) => new(problems);
}

/// <summary>
/// Lets environments grow into a tree: a derivative is its parent with overlays on the media that were written to. Overlays are content of
/// the environment's object, each with the digest of what it lies on, so that storage alone says what the tree is.
/// </summary>
public sealed class EnvironmentTree(
    IDbContextFactory<CatalogContext> contexts,
    ObjectStorage storage,
    ObjectVersions versions,
    DraftFolders folders,
    ImportTurn turn,
    AuditTrail audit,
    TimeProvider time)
{
    private const string Agent = "environment";

    /// <summary>Makes a derivative of what was kept. Version, rows and the draft's end are committed together.</summary>
    public async Task<EnvironmentTreeResult> SaveAsync(Guid draftId, DerivativeRequest request, Actor actor, CancellationToken cancellationToken)
    {
        await using var taken = await turn.TakeAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var draft = await context.EnvironmentDrafts.SingleOrDefaultAsync(one => one.Id == draftId, cancellationToken);
        var problems = await FindProblemsAsync(context, draft, request, cancellationToken);
        if (problems.Count > 0)
        {
            return new EnvironmentTreeResult(problems);
        }

        var parent = await context.Environments.Include(one => one.Drives).ThenInclude(drive => drive.Medium)
            .SingleAsync(one => one.Id == draft!.EnvironmentId, cancellationToken);
        await using var transaction = await storage.Ocfl.BeginAsync(cancellationToken);
        var staged = await StageAsync(transaction, draft!, cancellationToken);
        AddRows(context, parent, draft!, staged, request, actor);
        await versions.AddDraftAsync(
            context, transaction, parent.ObjectId, staged.Values.DistinctBy(file => file.Sha256).ToDictionary(file => file.Sha256), $"derivative {request.Id}",
            ObjectVersions.Agent(Agent), cancellationToken);
        try
        {
            await storage.CommitAsync(context, transaction, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return EnvironmentTreeResult.Refused("Somebody else has just decided about this draft.");
        }

        folders.Delete(draftId);
        return EnvironmentTreeResult.Done;
    }

    /// <summary>Takes an environment out of the tree. Refused while it has children, exhibits or drafts. Its overlays stay in the object's versions.</summary>
    public async Task<EnvironmentTreeResult> RemoveAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        await using var taken = await turn.TakeAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Environments.Include(one => one.Drives).SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (row is null)
        {
            return EnvironmentTreeResult.Refused($"There is no environment '{id}'.");
        }

        if (await WhyNotRemovedAsync(context, id, cancellationToken) is { Count: > 0 } reasons)
        {
            return new EnvironmentTreeResult(reasons);
        }

        context.Environments.Remove(row);
        context.Events.Add(Event(row.ObjectId, "deletion", actor, $"environment {id} removed; its overlays stay in earlier versions"));
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.EnvironmentRemoved, id, row.ObjectId));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return EnvironmentTreeResult.Done;
        }
        catch (DbUpdateException)
        {
            return EnvironmentTreeResult.Refused($"'{id}' has just come into use.");
        }
    }

    private static async Task<List<string>> WhyNotRemovedAsync(CatalogContext context, string id, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        var children = await context.Environments.Where(one => one.ParentId == id).OrderBy(one => one.Id).Select(one => one.Id).ToListAsync(cancellationToken);
        if (children.Count > 0)
        {
            reasons.Add($"'{id}' has children, which lie on it: {string.Join(", ", children)}. Remove those first.");
        }

        var exhibits = await context.Exhibits.Where(one => one.Environments.Any(shown => shown.EnvironmentId == id)).OrderBy(one => one.Slug).Select(one => one.Slug).ToListAsync(cancellationToken);
        if (exhibits.Count > 0)
        {
            reasons.Add($"'{id}' is shown by {string.Join(", ", exhibits)}.");
        }

        if (await context.EnvironmentDrafts.AnyAsync(draft => draft.EnvironmentId == id && (draft.State == DraftState.Running || draft.State == DraftState.Kept), cancellationToken))
        {
            reasons.Add($"Somebody works at '{id}': save or discard the draft first.");
        }

        return reasons;
    }

    private async Task<List<string>> FindProblemsAsync(
        CatalogContext context, EnvironmentDraft? draft, DerivativeRequest request, CancellationToken cancellationToken)
    {
        if (draft is null)
        {
            return ["There is no such draft."];
        }

        var problems = new List<string>();
        if (draft.State != DraftState.Kept)
        {
            problems.Add(draft.State == DraftState.Running ? "The machine still runs: end it first, so that its disks are whole." : "This draft has been decided about already.");
        }
        else if (draft.Bays.Keys.Any(bay => folders.Find(draft.Id, bay) is null))
        {
            problems.Add("What was written is not there any more.");
        }

        if (PlainId.Problem(request.Id) is { } wrong)
        {
            problems.Add(wrong);
        }
        else if (await context.Environments.AnyAsync(one => one.Id == request.Id, cancellationToken))
        {
            problems.Add($"There is an environment '{request.Id}' already.");
        }

        if (string.IsNullOrWhiteSpace(request.Title) || request.Title.Length > ColumnLengths.Title || request.Title.Any(char.IsControl))
        {
            problems.Add($"The title is not one line of 1 to {ColumnLengths.Title} characters.");
        }

        if (string.IsNullOrWhiteSpace(request.Note) || request.Note.Length > ColumnLengths.Text || request.Note.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            problems.Add($"The note of what was done is not 1 to {ColumnLengths.Text} characters.");
        }

        return problems;
    }

    private async Task<Dictionary<string, OcflStagedFile>> StageAsync(OcflTransaction transaction, EnvironmentDraft draft, CancellationToken cancellationToken)
    {
        var staged = new Dictionary<string, OcflStagedFile>(StringComparer.Ordinal);
        foreach (var bay in draft.Bays.Keys)
        {
            await using var file = FileContentStore.OpenFile(folders.PathOf(draft.Id, bay));
            staged[bay] = await transaction.StageAsync(file, file.Length, cancellationToken);
        }

        return staged;
    }

    private void AddRows(
        CatalogContext context, PreservedEnvironment parent, EnvironmentDraft draft, Dictionary<string, OcflStagedFile> staged, DerivativeRequest request, Actor actor)
    {
        var row = new PreservedEnvironment
        {
            Id = request.Id, ObjectId = parent.ObjectId, Title = request.Title.Trim(), ParentId = parent.Id, Note = request.Note.Trim(),
            ProfileId = parent.ProfileId, ProfileVersion = parent.ProfileVersion, MemoryMiB = parent.MemoryMiB, Boot = parent.Boot, Sound = parent.Sound,
            SettlesAfterSeconds = parent.SettlesAfterSeconds, SettledScreen = "", Volatile = parent.Volatile,
        };
        foreach (var drive in parent.Drives)
        {
            var medium = staged.TryGetValue(drive.Bay, out var overlay) ? Overlay(parent, drive, draft, overlay, request) : drive.Medium!;
            if (medium != drive.Medium)
            {
                context.Media.Add(medium);
            }

            row.Drives.Add(new EnvironmentDrive { EnvironmentId = row.Id, Bay = drive.Bay, MediumId = medium.Id, Medium = medium });
        }

        context.Environments.Add(row);
        context.Events.Add(Event(parent.ObjectId, "creation", actor,
            $"environment {request.Id}, derived from {parent.Id}: {request.Note.Trim()}; overlays: {string.Join(", ", staged.Select(one => $"{one.Key} SHA-256 {one.Value.Sha256} on {draft.Bays[one.Key]}"))}"));
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.EnvironmentSaved, request.Id, $"derived from {parent.Id}"));
        (draft.State, draft.ChangedAt, draft.SavedAs) = (DraftState.Saved, time.GetUtcNow().ToUnixTimeMilliseconds(), request.Id);
    }

    private static Medium Overlay(
        PreservedEnvironment parent, EnvironmentDrive drive, EnvironmentDraft draft, OcflStagedFile staged, DerivativeRequest request)
    {
        var name = $"{request.Id}-{drive.Bay}.qcow2";
        var below = drive.Medium!;
        var medium = new Medium { ObjectId = parent.ObjectId, Name = name, Kind = below.Kind, Order = below.Order, Label = below.Label.Length > 0 ? below.Label : below.Name };
        var form = new Representation { Format = "qcow2", BackingSha256 = draft.Bays[drive.Bay] };
        form.Files.Add(new StoredFile { Name = name, LengthInBytes = staged.LengthInBytes, Sha256 = staged.Sha256 });
        medium.Representations.Add(form);
        return medium;
    }

    private PreservationEvent Event(string objectId, string type, Actor actor, string detail) => new()
    {
        Type = type,
        ObjectId = objectId,
        OccurredAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        Agent = ColumnLengths.Fit(actor.Shown, ColumnLengths.Title),
        Outcome = "success",
        Detail = ColumnLengths.Fit(detail, ColumnLengths.Text),
    };
}
