using System.Globalization;
using System.Net;
using System.Text;
using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Reports;

/// <summary>Writes a run as one static page that needs nothing but the pictures beside it. Every text is encoded; there is no script.</summary>
public static class HtmlReport
{
    private const string Style = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif } body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
        table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8884; vertical-align: top }
        .verdict { font-weight: 600 } .bad { color: #b3261e } .unsure { color: #8a5a00 } .good { color: #1b6e3c }
        @media (prefers-color-scheme: dark) { .bad { color: #ff8a80 } .unsure { color: #ffcc66 } .good { color: #7fd6a0 } }
        figure { display: inline-block; margin: 0 1rem 1rem 0; max-width: 22rem } img { max-width: 100%; image-rendering: pixelated; border: 1px solid #8888 }
        figcaption { font-size: .875rem } section { margin-top: 2.5rem }
        """;

    public static string Write(RunReport report)
    {
        var page = new StringBuilder();
        var title = $"Night watch on {report.BuildId}";
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<title>{Encode(title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<h1>{Encode(title)}</h1>\n");
        page.Append(Paragraph(Summary(report)));
        page.Append("<table>\n<thead><tr><th>Environment</th><th>Verdict</th><th>Boots that failed</th><th>Time</th><th>Baseline</th></tr></thead>\n<tbody>\n");
        foreach (var entry in report.Environments)
        {
            page.Append(Row(entry));
        }

        page.Append("</tbody>\n</table>\n");
        foreach (var cluster in report.Environments.Where(entry => entry.Files.Count > 0).GroupBy(entry => entry.ClusterKey))
        {
            page.Append(Section([.. cluster]));
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static string Summary(RunReport report) => string.Create(CultureInfo.InvariantCulture,
        $"Version {report.BuildVersion}. {report.Environments.Count} environments in {report.Duration.TotalSeconds:0} s, begun {report.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC on {report.Host}. ")
        + string.Join(", ", report.Environments.GroupBy(entry => entry.Verdict).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Words(group.Key)}")) + ".";

    private static string Row(EnvironmentReport entry)
    {
        var boots = $"{entry.Failed} of {entry.Boots}" + (entry.ReferenceBoots > 0 ? $"; on {entry.ReferenceBuildId} {entry.ReferenceFailed} of {entry.ReferenceBoots}" : "");
        var baseline = entry.Class is { } kind ? $"{kind}, {(entry.IsReviewed ? "reviewed" : "unreviewed")}" : "none";
        var time = string.Create(CultureInfo.InvariantCulture, $"{entry.Seconds:0.0} s, {entry.Mode}");
        var name = entry.Files.Count > 0 ? $"<a href=\"#{Encode(entry.EnvironmentId)}\">{Encode(entry.Title)}</a>" : Encode(entry.Title);
        return $"<tr><td>{name}</td><td class=\"verdict {Tone(entry.Verdict)}\">{Encode(Words(entry.Verdict))}</td><td>{Encode(boots)}</td><td>{Encode(time)}</td><td>{Encode(baseline)}</td></tr>\n";
    }

    private static string Section(IReadOnlyList<EnvironmentReport> cluster)
    {
        var section = new StringBuilder("<section>\n");
        section.Append(CultureInfo.InvariantCulture, $"<h2>{Encode(cluster[0].Message)}</h2>\n");
        foreach (var entry in cluster)
        {
            section.Append(CultureInfo.InvariantCulture, $"<h3 id=\"{Encode(entry.EnvironmentId)}\">{Encode(entry.Title)}</h3>\n");
            foreach (var file in entry.Files)
            {
                section.Append(File(entry, file));
            }
        }

        return section.Append("</section>\n").ToString();
    }

    private static string File(EnvironmentReport entry, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return file.EndsWith(".png", StringComparison.Ordinal)
            ? $"<figure><img src=\"{Encode(file)}\" alt=\"{Encode($"{entry.Title}: {name}")}\"><figcaption>{Encode(name)}</figcaption></figure>\n"
            : $"<p><a href=\"{Encode(file)}\">{Encode(Path.GetFileName(file))}</a></p>\n";
    }

    private static string Paragraph(string text) => $"<p>{Encode(text)}</p>\n";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Tone(Verdict verdict) => verdict switch
    {
        Verdict.Passed or Verdict.Learned => "good",
        Verdict.EmulatorRegression or Verdict.RaisedFailureRate or Verdict.ChangedEverywhere => "bad",
        _ => "unsure",
    };

    private static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "passed",
        Verdict.EmulatorRegression => "regression of the emulator",
        Verdict.RaisedFailureRate => "fails more often",
        Verdict.ChangedEverywhere => "changed on every build",
        Verdict.Flaky => "fails now and then",
        Verdict.MachineTypeGone => "machine type gone",
        Verdict.NoBaseline => "no baseline",
        Verdict.Learned => "learned",
        _ => "cannot tell",
    };
}
