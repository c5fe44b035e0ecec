using Preserve.Catalog.Ocfl.Validation;

namespace Preserve.Catalog.Tests.Ocfl;

/// <summary>Agreement with the published fixtures of OCFL 1.0: the names of their folders say which codes a validator must report.</summary>
public sealed class OcflConformanceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Every_bad_object_is_invalid_for_the_reasons_in_its_name()
    {
        var cases = SharedConformance.Require("ocfl-1.0/bad-objects");
        var disagreements = new List<string>();
        foreach (var folder in cases)
        {
            var found = await FindAsync(folder);
            var expected = folder.Name.Split('_').TakeWhile(part => part.Length == 4 && part[0] == 'E' && part[1..].All(char.IsAsciiDigit));
            disagreements.AddRange(expected.Where(code => !found.Contains(code)).Select(code => $"{folder.Name}: no {code}, but {string.Join(' ', found)}"));
        }

        Assert.Empty(disagreements);
        Assert.True(cases.Count > 40, $"only {cases.Count} cases");
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_object_to_warn_of_has_the_warnings_in_its_name_and_nothing_else()
    {
        var cases = SharedConformance.Require("ocfl-1.0/warn-objects");
        var disagreements = new List<string>();
        foreach (var folder in cases)
        {
            var found = await FindAsync(folder);
            var expected = folder.Name.Split('_').TakeWhile(part => part.Length == 4 && part[0] == 'W' && part[1..].All(char.IsAsciiDigit)).Order();
            if (!expected.SequenceEqual(found))
            {
                disagreements.Add($"{folder.Name}: {string.Join(' ', found)}");
            }
        }

        Assert.Empty(disagreements);
        Assert.True(cases.Count > 10, $"only {cases.Count} cases");
    }

    [Fact(Timeout = 60_000)]
    public async Task No_good_object_has_a_finding()
    {
        var cases = SharedConformance.Require("ocfl-1.0/good-objects");
        var disagreements = new List<string>();
        foreach (var folder in cases)
        {
            var report = await OcflObjectValidator.ValidateAsync(folder.FullName, Cancellation);
            disagreements.AddRange(report.Findings.Kept.Select(finding => $"{folder.Name}: {finding}"));
        }

        Assert.Empty(disagreements);
        Assert.True(cases.Count >= 10, $"only {cases.Count} cases");
    }

    private static async Task<IReadOnlyList<string>> FindAsync(DirectoryInfo folder)
    {
        var report = await OcflObjectValidator.ValidateAsync(folder.FullName, Cancellation);
        return [.. report.Findings.Kept.Select(finding => finding.Code).Distinct().Order()];
    }
}
