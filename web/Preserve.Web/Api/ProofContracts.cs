using Preserve.Catalog.Proofs;
using Preserve.Catalog.Suggestions;

namespace Preserve.Web.Api;

/// <summary>A machine on which an object may run, or an environment in which it can be used.</summary>
/// <param name="Profile">Id of the machine profile.</param>
/// <param name="Title">For people.</param>
/// <param name="Boot">floppy, disk, optical, kernel or firmware.</param>
/// <param name="Drives">Bay to medium.</param>
/// <param name="Reasons">The strongest first.</param>
/// <param name="Environment">Id of the environment that the media are attached to; null where they boot by themselves.</param>
/// <param name="EnvironmentTitle">Its title; empty without one.</param>
public sealed record SuggestionDetail(
    string Profile, string Title, string Boot, IReadOnlyDictionary<string, string> Drives, IReadOnlyList<string> Reasons,
    string? Environment = null, string EnvironmentTitle = "")
{
    public static SuggestionDetail Of(Suggestion one) =>
        new(one.ProfileId, one.ProfileTitle, one.Boot, one.Drives, one.Reasons, one.EnvironmentId, one.EnvironmentTitle);
}

/// <summary>Which machines to try; without any, the first of those that are suggested.</summary>
public sealed record ProofsToBoot(IReadOnlyList<CandidateToBoot>? Candidates);

/// <summary>One of the suggested machines.</summary>
/// <param name="Profile">Id of the machine profile.</param>
/// <param name="Boot">As suggested.</param>
/// <param name="MemoryMiB">Null for what the machine, or the environment, usually has.</param>
/// <param name="Environment">As suggested; null where the media boot by themselves.</param>
public sealed record CandidateToBoot(string? Profile, string? Boot, int? MemoryMiB, string? Environment = null);

/// <summary>A proof boot as it stands.</summary>
/// <param name="Id">For accepting it.</param>
/// <param name="Profile">Id of the machine profile.</param>
/// <param name="ProfileVersion">Its version.</param>
/// <param name="Boot">What it boots from.</param>
/// <param name="MemoryMiB">Guest memory.</param>
/// <param name="Drives">Bay to medium.</param>
/// <param name="Reasons">Why this machine.</param>
/// <param name="State">due, booting, booted, failed or accepted.</param>
/// <param name="Problem">Why it came to nothing; empty otherwise.</param>
/// <param name="EmulatorBuild">What it ran on; empty before.</param>
/// <param name="SettlesAfterSeconds">Until its last screen stood there to stay; null when it never did.</param>
/// <param name="Environment">What it was accepted as; null while it was not.</param>
/// <param name="Screens">What it came to, in order.</param>
/// <param name="AttachedTo">The environment that the media are attached to; null where they boot by themselves.</param>
public sealed record ProofDetail(
    long Id, string Profile, int ProfileVersion, string Boot, int MemoryMiB, IReadOnlyDictionary<string, string> Drives, IReadOnlyList<string> Reasons,
    ProofState State, string Problem, string EmulatorBuild, double? SettlesAfterSeconds, string? Environment, IReadOnlyList<ProofScreenDetail> Screens,
    string? AttachedTo = null)
{
    public static ProofDetail Of(ProofBoot one) => new(
        one.Id, one.ProfileId, one.ProfileVersion, one.Boot, one.MemoryMiB, one.Drives, one.Reasons, one.State, one.Problem, one.EmulatorBuild,
        one.SettlesAfterSeconds, one.EnvironmentId, [.. one.Screens.OrderBy(screen => screen.Order).Select(screen => ProofScreenDetail.Of(one.Id, screen))], one.BaseEnvironmentId);
}

/// <summary>A screen that a proof boot came to.</summary>
/// <param name="AtSeconds">When it first stood there.</param>
/// <param name="Picture">Path of the PNG.</param>
/// <param name="Width">In guest pixels.</param>
/// <param name="Height">In guest pixels.</param>
/// <param name="Text">Its characters; empty where it was no text screen.</param>
public sealed record ProofScreenDetail(double AtSeconds, string Picture, int Width, int Height, string Text)
{
    public static ProofScreenDetail Of(long proofId, ProofScreen one) => new(
        one.AtSeconds, FormattableString.Invariant($"/api/proofs/{proofId}/screens/{one.Order}.png"), one.Width, one.Height, one.Text);
}

/// <summary>What an accepted boot is to be called.</summary>
/// <param name="Id"><c>[a-z0-9-]{1,64}</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="SettledScreen">The screen in words; may be left out.</param>
public sealed record EnvironmentToAccept(string? Id, string? Title, string? SettledScreen);

/// <summary>What an exhibit is to be called.</summary>
/// <param name="Slug"><c>[a-z0-9-]{1,64}</c>, for its address.</param>
/// <param name="Title">For visitors.</param>
public sealed record ExhibitToDraft(string? Slug, string? Title);
