using System.Xml.Linq;
using Preserve.Regression.Reports;
using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Tests.Reports;

public class ReportTests
{
    private const string Hostile = "<script>alert(1)</script> & \"quotes\" '\u0001 \uFFFF";

    [Fact]
    public void Text_of_the_catalog_and_of_the_emulator_is_encoded_in_the_page()
    {
        var page = HtmlReport.Write(Report(Entry(Verdict.EmulatorRegression)));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_stays_well_formed_whatever_the_emulator_prints_and_counts_failures()
    {
        using var stream = new MemoryStream();
        JunitReport.Write(Report(Entry(Verdict.EmulatorRegression), Entry(Verdict.Passed), Entry(Verdict.NoBaseline), Entry(Verdict.CannotTell)), stream);
        stream.Position = 0;
        var suite = XDocument.Load(stream).Root!;
        Assert.Equal(("4", "1", "1", "1"), (Value("tests"), Value("failures"), Value("errors"), Value("skipped")));

        string Value(string name) => suite.Attribute(name)!.Value;
    }

    [Theory]
    [InlineData(0, Verdict.Passed)]
    [InlineData(0, Verdict.Passed, Verdict.Flaky)]
    [InlineData(1, Verdict.Passed, Verdict.EmulatorRegression, Verdict.CannotTell)]
    [InlineData(1, Verdict.RaisedFailureRate)]
    [InlineData(125, Verdict.Passed, Verdict.ChangedEverywhere)]
    [InlineData(125, Verdict.NoBaseline)]
    [InlineData(125, Verdict.MachineTypeGone)]
    [InlineData(125)]
    public void The_exit_code_is_what_git_bisect_understands(int code, params Verdict[] verdicts) =>
        Assert.Equal(code, Report([.. verdicts.Select(Entry)]).ExitCode);

    private static RunReport Report(params EnvironmentReport[] entries) => new()
    {
        StartedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(90),
        BuildId = Hostile,
        BuildVersion = Hostile,
        Host = Hostile,
        Environments = entries,
    };

    private static EnvironmentReport Entry(Verdict verdict) => new()
    {
        EnvironmentId = "freedos",
        Title = Hostile,
        Verdict = verdict,
        Message = Hostile,
        Files = verdict == Verdict.Passed ? [] : ["freedos/actual.png", "freedos/reproduce.sh"],
    };
}
