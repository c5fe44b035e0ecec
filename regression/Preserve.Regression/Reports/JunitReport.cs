using System.Globalization;
using System.Xml;
using Preserve.Regression.Verdicts;

namespace Preserve.Regression.Reports;

/// <summary>Writes a run as JUnit XML, which build servers read: an environment is a test case.</summary>
public static class JunitReport
{
    public static void Write(RunReport report, Stream target)
    {
        using var xml = Open(target);
        WriteSuite(xml, report);
    }

    /// <summary>Several builds, a suite each.</summary>
    public static void Write(IReadOnlyList<RunReport> reports, Stream target)
    {
        using var xml = Open(target);
        xml.WriteStartElement("testsuites");
        foreach (var report in reports)
        {
            WriteSuite(xml, report);
        }

        xml.WriteEndElement();
    }

    private static XmlWriter Open(Stream target) => XmlWriter.Create(target, new XmlWriterSettings { Indent = true, CloseOutput = false });

    private static void WriteSuite(XmlWriter xml, RunReport report)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", $"preserve regress on {Clean(report.BuildId)}");
        xml.WriteAttributeString("timestamp", report.StartedAt.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
        Number(xml, "time", report.Duration.TotalSeconds);
        Number(xml, "tests", report.Environments.Count);
        Number(xml, "failures", report.Environments.Count(IsFailure));
        Number(xml, "errors", report.Environments.Count(entry => entry.Verdict == Verdict.CannotTell));
        Number(xml, "skipped", report.Environments.Count(entry => entry.Verdict == Verdict.NoBaseline));
        foreach (var entry in report.Environments)
        {
            WriteCase(xml, report.BuildId, entry);
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, string buildId, EnvironmentReport entry)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(buildId));
        xml.WriteAttributeString("name", Clean(entry.EnvironmentId));
        Number(xml, "time", entry.Seconds);
        if (Element(entry.Verdict) is { } element)
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString("message", Clean(entry.Message));
            xml.WriteAttributeString("type", entry.Verdict.ToString());
            xml.WriteString($"{entry.Failed} of {entry.Boots} boots failed; on {Clean(entry.ReferenceBuildId)} {entry.ReferenceFailed} of {entry.ReferenceBoots}.");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static bool IsFailure(EnvironmentReport entry) => Element(entry.Verdict) == "failure";

    private static string? Element(Verdict verdict) => verdict switch
    {
        Verdict.EmulatorRegression or Verdict.RaisedFailureRate or Verdict.ChangedEverywhere or Verdict.MachineTypeGone => "failure",
        Verdict.CannotTell => "error",
        Verdict.NoBaseline => "skipped",
        _ => null,
    };

    private static void Number(XmlWriter xml, string name, double value) => xml.WriteAttributeString(name, value.ToString("0.###", CultureInfo.InvariantCulture));

    /// <summary>Without characters that XML 1.0 cannot hold, which an emulator may well print.</summary>
    private static string Clean(string text) => string.Concat(text.Select(letter => XmlConvert.IsXmlChar(letter) ? letter : '?'));
}
