using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Suggestions;

namespace Preserve.Catalog.Proofs;

/// <summary>A suggested machine that is to be tried.</summary>
/// <param name="ProfileId">Of the suggestion.</param>
/// <param name="Boot">Of the suggestion.</param>
/// <param name="MemoryMiB">Null for what the machine, or the environment, usually has.</param>
/// <param name="EnvironmentId">Of the suggestion; null where the media boot by themselves.</param>
public sealed record ProofChoice(string ProfileId, string Boot, int? MemoryMiB = null, string? EnvironmentId = null)
{
    public static ProofChoice Of(Suggestion one) => new(one.ProfileId, one.Boot, null, one.EnvironmentId);
}

/// <summary>What was asked for, or everything that is in its way.</summary>
/// <param name="Problems">One sentence each; empty when it is due.</param>
/// <param name="Asked">How many boots are due now that were not before.</param>
public sealed record ProofRequestResult(IReadOnlyList<string> Problems, int Asked = 0)
{
    public bool IsDone => Problems.Count == 0;
}

/// <summary>Asks for proof boots, and tells how they stand. A worker boots what is due, one at a time.</summary>
public sealed class ProofRequests(
    IDbContextFactory<CatalogContext> contexts, ObjectSuggestions suggestions, FileContentStore pictures, AuditTrail audit, TimeProvider time)
{
    /// <summary>How many are tried where nobody chose.</summary>
    public const int UsualCandidates = 3;

    /// <summary>Makes the chosen machines due; those that were tried before and not accepted are tried anew.</summary>
    /// <param name="objectId">Whose media.</param>
    /// <param name="choices">Of the object's suggestions; null for the first <see cref="UsualCandidates"/>.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    public async Task<ProofRequestResult> RequestAsync(
        string objectId, IReadOnlyList<ProofChoice>? choices, Actor actor, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Objects.AnyAsync(one => one.Id == objectId, cancellationToken))
        {
            return new ProofRequestResult([$"There is no object '{objectId}'."]);
        }

        var suggested = await suggestions.OfObjectAsync(objectId, cancellationToken);
        if (suggested.Count == 0)
        {
            return new ProofRequestResult([await WhyNoneAsync(context, objectId, cancellationToken)]);
        }

        var wanted = choices ?? [.. suggested.Take(UsualCandidates).Select(ProofChoice.Of)];
        var profiles = await context.Profiles.AsNoTracking().ToListAsync(cancellationToken);
        var problems = new List<string>();
        var made = wanted.Distinct().Select(choice => Make(objectId, choice, suggested, profiles, actor, problems)).OfType<ProofBoot>().ToList();
        return problems.Count > 0 || made.Count == 0
            ? new ProofRequestResult(problems.Count > 0 ? problems : ["No machine was chosen."])
            : await SaveAsync(context, objectId, made, actor, cancellationToken);
    }

    /// <summary>Every proof boot of an object with its screens, as they were asked for. Not tracked.</summary>
    public async Task<IReadOnlyList<ProofBoot>> ListAsync(string objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ProofBoots.AsNoTracking().Where(proof => proof.ObjectId == objectId)
            .Include(proof => proof.Screens.OrderBy(screen => screen.Order)).OrderBy(proof => proof.Id).ToListAsync(cancellationToken);
    }

    private ProofBoot? Make(
        string objectId, ProofChoice choice, IReadOnlyList<Suggestion> suggested, List<CatalogProfile> profiles, Actor actor, List<string> problems)
    {
        var suggestion = suggested.FirstOrDefault(one => one.Key == (choice.ProfileId, choice.Boot, choice.EnvironmentId));
        if (suggestion is null)
        {
            problems.Add($"{Words(choice.ProfileId, choice.Boot, choice.EnvironmentId)} is not suggested for this object. Suggested are: "
                + $"{string.Join(", ", suggested.Select(one => Words(one.ProfileId, one.Boot, one.EnvironmentId)))}.");
            return null;
        }

        var profile = profiles.Where(one => one.Id == choice.ProfileId && (suggestion.ProfileVersion is null || one.Version == suggestion.ProfileVersion)).MaxBy(one => one.Version)!;
        var memory = choice.MemoryMiB ?? suggestion.MemoryMiB ?? profile.DefaultMemoryMiB;
        if (memory < profile.MinimumMemoryMiB || memory > profile.MaximumMemoryMiB)
        {
            problems.Add($"'{profile.Title}' has {profile.MinimumMemoryMiB} to {profile.MaximumMemoryMiB} MiB of memory, not {memory}.");
            return null;
        }

        return new ProofBoot
        {
            ObjectId = objectId,
            BaseEnvironmentId = suggestion.EnvironmentId,
            ProfileId = profile.Id,
            ProfileVersion = profile.Version,
            MemoryMiB = memory,
            Boot = choice.Boot,
            Drives = new(suggestion.Drives),
            Reasons = [.. suggestion.Reasons],
            RequestedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            RequestedBy = actor.Shown,
        };
    }

    private async Task<ProofRequestResult> SaveAsync(
        CatalogContext context, string objectId, List<ProofBoot> made, Actor actor, CancellationToken cancellationToken)
    {
        var before = await context.ProofBoots.Include(proof => proof.Screens)
            .Where(proof => proof.ObjectId == objectId && proof.State != ProofState.Accepted).ToListAsync(cancellationToken);
        var replaced = before.Where(proof => proof.State is ProofState.Booted or ProofState.Failed && made.Exists(one => IsSame(one, proof))).ToList();
        var underWay = before.Where(proof => proof.State is ProofState.Due or ProofState.Booting).ToList();
        made.RemoveAll(one => underWay.Exists(proof => IsSame(one, proof)));
        context.ProofBoots.RemoveRange(replaced);
        context.ProofBoots.AddRange(made);
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.ProofBootRequested, objectId, string.Join(", ", made.Select(one => Words(one.ProfileId, one.Boot, one.BaseEnvironmentId)))));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ProofRequestResult(["Somebody else has just decided about one of these boots. Look again."]);
        }

        await RemovePicturesAsync(context, replaced.SelectMany(proof => proof.Screens), cancellationToken);
        return new ProofRequestResult([], made.Count);
    }

    private static bool IsSame(ProofBoot one, ProofBoot other) =>
        one.ProfileId == other.ProfileId && one.Boot == other.Boot && one.MemoryMiB == other.MemoryMiB && one.BaseEnvironmentId == other.BaseEnvironmentId;

    private static string Words(string profileId, string boot, string? environmentId) =>
        environmentId is null ? $"{profileId} from {boot}" : $"{environmentId} ({profileId} from {boot})";

    private async Task RemovePicturesAsync(CatalogContext context, IEnumerable<ProofScreen> screens, CancellationToken cancellationToken)
    {
        foreach (var sha256 in screens.Select(screen => screen.Sha256).Distinct())
        {
            if (!await context.ProofScreens.AnyAsync(screen => screen.Sha256 == sha256, cancellationToken)
                && !await context.Environments.AnyAsync(one => one.PosterSha256 == sha256, cancellationToken))
            {
                pictures.Remove(sha256);
            }
        }
    }

    private static async Task<string> WhyNoneAsync(CatalogContext context, string objectId, CancellationToken cancellationToken)
    {
        var isWaiting = await context.Media.Where(medium => medium.ObjectId == objectId)
            .AnyAsync(medium => medium.Representations.Any(form => form.Files.Any(file => file.ExaminationState == ExaminationState.Due || file.ExaminationState == ExaminationState.Examining)), cancellationToken);
        return isWaiting
            ? "The media are still being examined. Machines are suggested from what that finds; look again in a moment."
            : "Nothing on these media is known to boot, and no environment is known to open what is on them, so there is nothing to try. "
                + "Which formats software opens is declared on the software's page.";
    }
}
