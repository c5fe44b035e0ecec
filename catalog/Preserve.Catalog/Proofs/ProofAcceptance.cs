using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Events;
using Preserve.Catalog.Objects;
using Preserve.Sandbox;

namespace Preserve.Catalog.Proofs;

/// <summary>What a curator calls the environment.</summary>
/// <param name="EnvironmentId"><c>[a-z0-9-]{1,64}</c>, not in use yet.</param>
/// <param name="Title">For people.</param>
/// <param name="SettledScreen">The screen it came to, in words; may be empty.</param>
public sealed record ProofAcceptanceRequest(string EnvironmentId, string Title, string SettledScreen = "");

/// <summary>The environment is there, or everything that is in its way.</summary>
public sealed record ProofAcceptanceResult(IReadOnlyList<string> Problems)
{
    public bool IsDone => Problems.Count == 0;
}

/// <summary>
/// Makes an environment out of a proof boot: with its profile, its media in their bays and its settings, exactly as they were booted. Its
/// last screen is the poster until one is made anew.
/// </summary>
public sealed class ProofAcceptance(IDbContextFactory<CatalogContext> contexts, AcceptedDrives drives, AuditTrail audit, TimeProvider time)
{
    public async Task<ProofAcceptanceResult> AcceptAsync(
        long proofId, ProofAcceptanceRequest request, Actor actor, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var proof = await context.ProofBoots.Include(one => one.Screens).SingleOrDefaultAsync(one => one.Id == proofId, cancellationToken);
        var problems = await FindProblemsAsync(context, proof, request, cancellationToken);
        if (problems.Count > 0)
        {
            return new ProofAcceptanceResult(problems);
        }

        var environment = Environment(proof!, request);
        try
        {
            await drives.FillAsync(context, environment, proof!, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or CarrierException or SandboxException)
        {
            return new ProofAcceptanceResult([e.Message]);
        }

        context.Environments.Add(environment);
        context.Events.Add(Event(proof!, request, actor));
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.EnvironmentAccepted, request.EnvironmentId, $"{proof!.ObjectId} on {proof.ProfileId} from {proof.Boot}"));
        (proof.State, proof.EnvironmentId) = (ProofState.Accepted, request.EnvironmentId);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return new ProofAcceptanceResult([]);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ProofAcceptanceResult(["Somebody else has just decided about this boot."]);
        }
        catch (DbUpdateException)
        {
            return new ProofAcceptanceResult([$"Somebody else has just taken the id '{request.EnvironmentId}'."]);
        }
    }

    private static async Task<List<string>> FindProblemsAsync(
        CatalogContext context, ProofBoot? proof, ProofAcceptanceRequest request, CancellationToken cancellationToken)
    {
        if (proof is null)
        {
            return ["There is no such boot any more; it may have been asked for anew."];
        }

        var problems = new List<string>();
        if (proof.State != ProofState.Booted)
        {
            problems.Add(proof.State switch
            {
                ProofState.Accepted => $"This boot has been accepted already, as '{proof.EnvironmentId}'.",
                ProofState.Failed => "This boot came to nothing, so there is nothing to accept.",
                _ => "This boot is not over yet.",
            });
        }

        if (PlainId.Problem(request.EnvironmentId) is { } wrong)
        {
            problems.Add(wrong);
        }
        else if (await context.Environments.AnyAsync(one => one.Id == request.EnvironmentId, cancellationToken))
        {
            problems.Add($"There is an environment '{request.EnvironmentId}' already.");
        }

        CheckLine(problems, "title", request.Title, ColumnLengths.Title, isNeeded: true);
        CheckLine(problems, "description of the screen", request.SettledScreen, ColumnLengths.Line, isNeeded: false);
        return problems;
    }

    private static void CheckLine(List<string> problems, string what, string text, int maximumLength, bool isNeeded)
    {
        if (isNeeded && string.IsNullOrWhiteSpace(text))
        {
            problems.Add($"The {what} is missing.");
        }

        if (text.Length > maximumLength || text.Any(char.IsControl))
        {
            problems.Add($"The {what} is not one line of at most {maximumLength} characters.");
        }
    }

    private static PreservedEnvironment Environment(ProofBoot proof, ProofAcceptanceRequest request)
    {
        var last = proof.Screens.MaxBy(screen => screen.Order)!;
        return new PreservedEnvironment
        {
            Id = request.EnvironmentId,
            ObjectId = proof.ObjectId,
            ParentId = proof.BaseEnvironmentId,
            Note = proof.BaseEnvironmentId is null ? "" : $"With {Media(proof)} attached.",
            Title = request.Title.Trim(),
            ProfileId = proof.ProfileId,
            ProfileVersion = proof.ProfileVersion,
            MemoryMiB = proof.MemoryMiB,
            Boot = proof.Boot,
            SettlesAfterSeconds = proof.SettlesAfterSeconds,
            SettledScreen = request.SettledScreen.Trim(),
            PosterState = PosterState.Made,
            PosterSha256 = last.Sha256,
            PosterWidth = last.Width,
            PosterHeight = last.Height,
        };
    }

    private static string Media(ProofBoot proof) => proof.Drives.Count == 0
        ? "no media"
        : string.Join(", ", proof.Drives.OrderBy(drive => drive.Key, StringComparer.Ordinal).Select(drive => $"{drive.Value} in {drive.Key}"));

    private PreservationEvent Event(ProofBoot proof, ProofAcceptanceRequest request, Actor actor)
    {
        var last = proof.Screens.MaxBy(screen => screen.Order)!;
        var media = Media(proof) + (proof.BaseEnvironmentId is { } below ? $" attached to the environment {below}" : "");
        var rest = proof.SettlesAfterSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"came to rest after {seconds:0.0} s") : "never came to rest";
        return new PreservationEvent
        {
            Type = "creation",
            ObjectId = proof.ObjectId,
            OccurredAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Agent = ColumnLengths.Fit(actor.Shown, ColumnLengths.Title),
            Outcome = "success",
            Detail = string.Create(CultureInfo.InvariantCulture,
                $"environment {request.EnvironmentId}, accepted from a proof boot: {proof.ProfileId} version {proof.ProfileVersion}, {proof.MemoryMiB} MiB, boots from {proof.Boot}, {media}; on {proof.EmulatorBuild} it {rest}, screen SHA-256 {last.Sha256}"),
        };
    }
}
