using System.Globalization;
using System.Xml.Linq;

namespace Preserve.Catalog.Mets;

/// <summary>One <c>amdSec</c>: the PREMIS object, events and agents of one file, or of the whole package.</summary>
internal sealed record AdministrativeSection(string OriginalName, string Sha256, IReadOnlyList<MetsFormat> Formats, IReadOnlyList<MetsEvent> Events, int LeftOut)
{
    private const int MaximumFormats = 16;

    /// <summary>Of the file it is about; set when the file section is read.</summary>
    public string Path { get; set; } = "";

    public static AdministrativeSection Read(XElement section, int mostEvents)
    {
        var file = section.Descendants().FirstOrDefault(one => one.Name.LocalName == "object" && one.Name.NamespaceName != section.Name.NamespaceName);
        var agents = section.Descendants().Where(one => one.Name.LocalName == "agent" && one.Name.NamespaceName != section.Name.NamespaceName)
            .SelectMany(agent => agent.Elements().Where(one => one.Name.LocalName == "agentIdentifier").Select(id => (Id: Text(id, "agentIdentifierValue"), Name: Text(agent, "agentName"))))
            .Where(agent => agent.Name.Length > 0).DistinctBy(agent => agent.Id).ToDictionary(agent => agent.Id, agent => agent.Name);
        var all = section.Descendants().Where(one => one.Name.LocalName == "event").ToList();
        var events = all.Select(one => Event(one, agents)).OfType<MetsEvent>().Take(Math.Max(0, mostEvents)).ToList();
        return new AdministrativeSection(file is null ? "" : Text(file, "originalName"), file is null ? "" : Fixity(file), file is null ? [] : FormatsOf(file), events, all.Count - events.Count);
    }

    private static string Fixity(XElement file) => file.Descendants().Where(one => one.Name.LocalName == "fixity")
        .Where(one => Text(one, "messageDigestAlgorithm").Replace("-", "", StringComparison.Ordinal).Equals("sha256", StringComparison.OrdinalIgnoreCase))
        .Select(one => Text(one, "messageDigest").ToLowerInvariant()).FirstOrDefault() ?? "";

    private static List<MetsFormat> FormatsOf(XElement file) =>
    [
        .. file.Descendants().Where(one => one.Name.LocalName == "format").Take(MaximumFormats).Select(one => new MetsFormat(
            Text(one, "formatName"), Text(one, "formatVersion"),
            Text(one, "formatRegistryName").Equals("PRONOM", StringComparison.OrdinalIgnoreCase) ? Text(one, "formatRegistryKey") : "")),
    ];

    private static MetsEvent? Event(XElement one, Dictionary<string, string> agents)
    {
        var type = Text(one, "eventType");
        if (type.Length == 0 || !DateTimeOffset.TryParse(Text(one, "eventDateTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return null;
        }

        var linked = one.Elements().Where(inner => inner.Name.LocalName == "linkingAgentIdentifier").Select(inner => Text(inner, "linkingAgentIdentifierValue"))
            .Select(id => agents.GetValueOrDefault(id, id)).Where(name => name.Length > 0).Distinct();
        var outcome = Text(one, "eventOutcome");
        string[] words = [Text(one, "eventDetail"), outcome, Text(one, "eventOutcomeDetailNote"), $"event {Text(one, "eventIdentifierValue")}"];
        return new MetsEvent("", type, at.ToUnixTimeMilliseconds(), !IsFailure(outcome), string.Join(", ", linked), string.Join("; ", words.Where(word => word.Length > 0)));
    }

    private static bool IsFailure(string outcome) => outcome.Contains("fail", StringComparison.OrdinalIgnoreCase) || outcome.Contains("error", StringComparison.OrdinalIgnoreCase);

    private static string Text(XElement within, string name) => within.Descendants().FirstOrDefault(one => one.Name.LocalName == name)?.Value.Trim() ?? "";
}
