namespace Preserve.Regression.Verdicts;

/// <summary>What to do next: boot once more, on which build, or say a verdict.</summary>
public readonly record struct VerdictStep(BootOn? Boot, Verdict? Verdict)
{
    public static VerdictStep On(BootOn build) => new(build, null);

    public static VerdictStep Is(Verdict verdict) => new(null, verdict);
}

public enum BootOn
{
    /// <summary>The build that is judged.</summary>
    Candidate,

    /// <summary>The last good build.</summary>
    Reference,
}

/// <summary>Decides from the boots so far. Pure: the same boots give the same answer.</summary>
/// <remarks>
/// <code>
/// pass ──────────────────────────► passed (unless it is known to fail now and then)
/// fail, fail ─► reference: pass ─► regression      fail, fail ─► changed everywhere
/// mixed, anywhere ───────────────► both in turn, at least 5 each, until the rates tell or 20 each
/// </code>
/// </remarks>
public static class VerdictRule
{
    /// <summary>Boots of each build before rates are compared.</summary>
    public const int LeastBoots = 5;

    /// <summary>Boots of each build after which rates that do not differ are taken as equal.</summary>
    public const int MostBoots = 20;

    /// <summary>Chance, at most, that equal rates look so different. Looked at after each pair of boots, so it is well below the usual 0.05.</summary>
    public const double Significance = 0.01;

    /// <param name="candidate">Boots on the judged build so far, in order: true for passed.</param>
    /// <param name="reference">Boots on the last good build so far.</param>
    /// <param name="hasReference">Whether there is a last good build that is not the judged one.</param>
    /// <param name="hasFlakes">Whether the environment is known to fail now and then.</param>
    public static VerdictStep Next(IReadOnlyList<bool> candidate, IReadOnlyList<bool> reference, bool hasReference, bool hasFlakes) =>
        (candidate, reference) switch
        {
            ([], _) => VerdictStep.On(BootOn.Candidate),
            _ when hasFlakes => Compare(candidate, reference, hasReference),
            ([true], []) => VerdictStep.Is(Verdict.Passed),
            ([false], []) => VerdictStep.On(BootOn.Candidate),
            ([false, false], []) => hasReference ? VerdictStep.On(BootOn.Reference) : VerdictStep.Is(Verdict.ChangedEverywhere),
            ([false, false], [true]) => VerdictStep.Is(Verdict.EmulatorRegression),
            ([false, false], [false]) => VerdictStep.On(BootOn.Reference),
            ([false, false], [false, false]) => VerdictStep.Is(Verdict.ChangedEverywhere),
            _ => Compare(candidate, reference, hasReference),
        };

    private static VerdictStep Compare(IReadOnlyList<bool> candidate, IReadOnlyList<bool> reference, bool hasReference)
    {
        var (failed, referenceFailed) = (candidate.Count(isPassed => !isPassed), reference.Count(isPassed => !isPassed));
        if (!hasReference)
        {
            return candidate.Count < LeastBoots
                ? VerdictStep.On(BootOn.Candidate)
                : VerdictStep.Is(failed == 0 ? Verdict.Passed : failed == candidate.Count ? Verdict.ChangedEverywhere : Verdict.Flaky);
        }

        var fewest = Math.Min(candidate.Count, reference.Count);
        if (fewest < LeastBoots || candidate.Count != reference.Count)
        {
            // In turn, so that whatever changes on the host meanwhile meets both.
            return VerdictStep.On(candidate.Count <= reference.Count ? BootOn.Candidate : BootOn.Reference);
        }

        if (FailureRates.ChanceOfAtLeast(failed, candidate.Count, referenceFailed, reference.Count) <= Significance)
        {
            return VerdictStep.Is(failed == candidate.Count && referenceFailed == 0 ? Verdict.EmulatorRegression : Verdict.RaisedFailureRate);
        }

        if (failed == candidate.Count && referenceFailed == reference.Count)
        {
            return VerdictStep.Is(Verdict.ChangedEverywhere);
        }

        var isEqual = failed == 0 || (failed <= referenceFailed && fewest >= 2 * LeastBoots);
        return isEqual || fewest >= MostBoots
            ? VerdictStep.Is(failed == 0 ? Verdict.Passed : Verdict.Flaky)
            : VerdictStep.On(BootOn.Candidate);
    }
}
