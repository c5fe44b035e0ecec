using Preserve.Regression.Baselines;
using Preserve.Regression.Booting;
using Preserve.Regression.Verdicts;

namespace Preserve.Workers.Regression;

/// <summary>Boots as often as the rule asks, on the judged build and the last good one, until there is a verdict.</summary>
internal sealed class EnvironmentJudge(IBootHost candidate, IBootHost? reference, Baseline baseline, TimeProvider time)
{
    public async Task<Judgement> RunAsync(CancellationToken cancellationToken)
    {
        var (candidates, references) = (new List<CheckResult>(), new List<CheckResult>());
        while (true)
        {
            var step = VerdictRule.Next(Passes(candidates), Passes(references), reference is not null, baseline.FlakesSeen > 0);
            if (step.Verdict is { } verdict)
            {
                return new Judgement(verdict, candidates, references);
            }

            var isCandidate = step.Boot == BootOn.Candidate;
            var check = await EnvironmentCheck.RunAsync(isCandidate ? candidate : reference!, baseline, time, cancellationToken);
            (isCandidate ? candidates : references).Add(check);
        }
    }

    private static List<bool> Passes(List<CheckResult> checks) => checks.ConvertAll(check => check.IsPassed);
}

/// <summary>A verdict and the boots it rests on.</summary>
internal sealed record Judgement(Verdict Verdict, IReadOnlyList<CheckResult> Candidate, IReadOnlyList<CheckResult> Reference)
{
    /// <summary>Whether one build both passed and failed.</summary>
    public bool IsMixed => IsMixedIn(Candidate) || IsMixedIn(Reference);

    private static bool IsMixedIn(IReadOnlyList<CheckResult> checks) => checks.Any(check => check.IsPassed) && checks.Any(check => !check.IsPassed);
}
