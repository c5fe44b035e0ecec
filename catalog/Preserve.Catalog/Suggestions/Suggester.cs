using Preserve.Catalog.Environments;

namespace Preserve.Catalog.Suggestions;

/// <summary>Proposes machines for media that boot. A pure function of what the media say about themselves and of the machines there are.</summary>
/// <remarks>
/// 1. Each medium gives clues: an architecture, a way to boot, a reason.
/// 2. Each clue meets every machine of its architecture that can boot so and has a bay for the medium.
/// 3. Stronger clues come first; among the machines of one clue the general one, unless the medium says surely when it was in use.
/// </remarks>
public static class Suggester
{
    private const int MostSuggestions = 8;
    private const int SameTimeInYears = 5;
    private const int SureOfItsTime = 4;
    private const int General = 3;
    private const int OfItsTime = 2;

    /// <param name="media">Of one object, in their order. None means that the machine's own firmware is what there is.</param>
    /// <param name="profiles">Machines that can be built.</param>
    /// <returns>Best first; empty where nothing on the media boots.</returns>
    public static IReadOnlyList<Suggestion> Suggest(IReadOnlyList<MediumToRun> media, IEnumerable<CatalogProfile> profiles)
    {
        var machines = profiles.Select(ProfileTraits.Of).OrderBy(machine => machine.Profile.Id, StringComparer.Ordinal).ToList();
        var proposals = media.Count == 0
            ? machines.Where(machine => machine.Profile.Boot.Contains("firmware")).Select(machine => new Proposal(machine, Firmware(machine), General, 0, 0, null))
            : media.SelectMany(Clues.Of).SelectMany((clue, order) => machines
                .Where(machine => CanBoot(machine.Profile, clue, media))
                .Select(machine => Propose(machine, clue, media, order)));
        return [.. proposals
            .OrderByDescending(proposal => proposal.Clue.Weight).ThenBy(proposal => proposal.Order).ThenByDescending(proposal => proposal.Fit)
            .ThenBy(proposal => proposal.YearsApart)
            .DistinctBy(proposal => (proposal.Machine.Profile.Id, proposal.Clue.Boot))
            .Take(MostSuggestions)
            .Select(proposal => Suggestion(proposal, media, HasRivals(proposal.Machine, machines)))];
    }

    private static bool HasRivals(ProfileTraits machine, List<ProfileTraits> machines) =>
        machines.Exists(other => other != machine && other.Profile.Architecture == machine.Profile.Architecture);

    private static bool CanBoot(CatalogProfile profile, Clue clue, IReadOnlyList<MediumToRun> media) =>
        profile.Architecture == clue.Architecture && profile.Boot.Contains(clue.Boot)
        && profile.Bays.ContainsValue(media.First(medium => medium.Name == clue.Medium).BayKind);

    private static Clue Firmware(ProfileTraits machine) =>
        new(machine.Profile.Architecture, "firmware", "", 50, "There is no medium; this machine has firmware of its own to talk to.");

    private static Proposal Propose(ProfileTraits machine, Clue clue, IReadOnlyList<MediumToRun> media, int order)
    {
        var era = Era.Of(media.First(medium => medium.Name == clue.Medium));
        var yearsApart = era is not null && machine.Year is { } year ? Math.Abs(year - era.Year) : int.MaxValue;
        var isOfItsTime = !machine.IsGeneral && yearsApart <= SameTimeInYears;
        var fit = isOfItsTime ? era!.IsCertain ? SureOfItsTime : OfItsTime : machine.IsGeneral ? General : 0;
        return new Proposal(machine, clue, fit, order, yearsApart, isOfItsTime ? era!.Reason : null);
    }

    private static Suggestion Suggestion(Proposal proposal, IReadOnlyList<MediumToRun> media, bool hasRivals)
    {
        var reasons = new List<string> { proposal.Clue.Reason };
        if (proposal.EraReason is { } era)
        {
            reasons.Add(era);
        }
        else if (proposal.Machine.IsGeneral && hasRivals && media.Count > 0)
        {
            reasons.Add("This is the machine for what asks for nothing special.");
        }

        return new Suggestion(
            proposal.Machine.Profile.Id, proposal.Machine.Profile.Title, proposal.Clue.Boot, Drives(proposal, media), reasons);
    }

    /// <summary>The medium that boots goes first; the others follow in their order, as long as there are bays. Of floppies and discs only the first: the rest are swapped in.</summary>
    private static Dictionary<string, string> Drives(Proposal proposal, IReadOnlyList<MediumToRun> media)
    {
        var drives = new Dictionary<string, string>();
        foreach (var medium in media.OrderBy(medium => medium.Name != proposal.Clue.Medium))
        {
            var bays = proposal.Machine.Profile.Bays.Where(bay => bay.Value == medium.BayKind).Select(bay => bay.Key).Order(StringComparer.Ordinal);
            var isSwapped = medium.BayKind is "floppy" or "optical";
            if (bays.Take(isSwapped ? 1 : int.MaxValue).FirstOrDefault(bay => !drives.ContainsKey(bay)) is { } free)
            {
                drives[free] = medium.Name;
            }
        }

        return drives;
    }

    private sealed record Proposal(ProfileTraits Machine, Clue Clue, int Fit, int Order, int YearsApart, string? EraReason);
}
