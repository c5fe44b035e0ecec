using System.Xml.Linq;

namespace Preserve.Web.Tests.Oai;

/// <summary>
/// What the specification of OAI-PMH 2.0 (sections 2 to 4, and the schema it prints) says of every answer: which children an element has, in which order
/// and number, as a regular expression over their names; which attributes; and the form of dates, identifiers, set specs and mail addresses.
/// </summary>
public static class OaiStructure
{
    private const string Oai = "http://www.openarchives.org/OAI/2.0/";
    private const string Container = "http://www.openarchives.org/OAI/2.0/oai_dc/";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string Instant = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ";

    private static readonly Dictionary<string, string> _children = new(StringComparer.Ordinal)
    {
        ["OAI-PMH"] = "responseDate request ((error )+|(Identify|ListMetadataFormats|ListSets|GetRecord|ListIdentifiers|ListRecords) )",
        ["Identify"] = "repositoryName baseURL protocolVersion (adminEmail )+earliestDatestamp deletedRecord granularity (compression )*(description )*",
        ["ListMetadataFormats"] = "(metadataFormat )+",
        ["metadataFormat"] = "metadataPrefix schema metadataNamespace ",
        ["ListSets"] = "(set )+(resumptionToken )?",
        ["set"] = "setSpec setName (setDescription )*",
        ["GetRecord"] = "record ",
        ["ListIdentifiers"] = "(header )+(resumptionToken )?",
        ["ListRecords"] = "(record )+(resumptionToken )?",
        ["record"] = "header (metadata (about )*)?",
        ["header"] = "identifier datestamp (setSpec )*",
        ["metadata"] = "dc ",
    };

    private static readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal)
    {
        ["responseDate"] = Instant,
        ["datestamp"] = Instant,
        ["earliestDatestamp"] = Instant,
        ["protocolVersion"] = @"2\.0",
        ["adminEmail"] = @"\S+@(\S+\.)+\S+",
        ["deletedRecord"] = "no|persistent|transient",
        ["granularity"] = "YYYY-MM-DD(Thh:mm:ssZ)?",
        ["setSpec"] = @"([A-Za-z0-9\-_\.!~\*'\(\)])+(:[A-Za-z0-9\-_\.!~\*'\(\)]+)*",
        ["metadataPrefix"] = @"[A-Za-z0-9\-_\.!~\*'\(\)]+",
        ["identifier"] = @"[a-z][a-z0-9+.\-]*:\S+",
        ["baseURL"] = @"https?://\S+",
        ["request"] = @"https?://\S+",
    };

    private static readonly string[] _codes =
    [
        "badArgument", "badResumptionToken", "badVerb", "cannotDisseminateFormat", "idDoesNotExist", "noMetadataFormats", "noRecordsMatch", "noSetHierarchy",
    ];

    private static readonly string[] _elements =
    [
        "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier", "source", "language", "relation", "coverage", "rights",
    ];

    public static void Check(XElement root)
    {
        Assert.Equal(XName.Get("OAI-PMH", Oai), root.Name);
        Assert.Equal($"{Oai} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd", (string?)root.Attribute(XName.Get("schemaLocation", Instance)));
        foreach (var element in root.DescendantsAndSelf().Where(element => element.Name.NamespaceName == Oai))
        {
            var name = element.Name.LocalName;
            if (_children.TryGetValue(name, out var model))
            {
                Assert.Matches($"^({model})$", string.Concat(element.Elements().Select(child => $"{child.Name.LocalName} ")));
            }
            else
            {
                Assert.False(element.HasElements, $"{name} holds text");
            }

            if (_texts.TryGetValue(name, out var form))
            {
                Assert.Matches($"^({form})$", element.Value);
            }

            CheckAttributes(element);
        }

        foreach (var metadata in root.Descendants(XName.Get("metadata", Oai)))
        {
            CheckDublinCore(metadata.Elements().Single());
        }
    }

    private static void CheckAttributes(XElement element)
    {
        string[] allowed = element.Name.LocalName switch
        {
            "OAI-PMH" => ["schemaLocation"],
            "request" => ["verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"],
            "error" => ["code"],
            "header" => ["status"],
            "resumptionToken" => ["expirationDate", "completeListSize", "cursor"],
            _ => [],
        };
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            Assert.Contains(attribute.Name.LocalName, (IEnumerable<string>)allowed);
            Assert.Matches(
                attribute.Name.LocalName switch
                {
                    "code" => $"^({string.Join('|', _codes)})$",
                    "status" => "^deleted$",
                    "expirationDate" => $"^{Instant}$",
                    "completeListSize" => "^[1-9][0-9]*$",
                    "cursor" => "^[0-9]+$",
                    _ => "",
                },
                attribute.Value);
        }
    }

    // oai_dc.xsd: any of the fifteen elements, in any order, as often as one likes, each a text that may have a language.
    private static void CheckDublinCore(XElement dc)
    {
        Assert.Equal(XName.Get("dc", Container), dc.Name);
        Assert.Equal($"{Container} http://www.openarchives.org/OAI/2.0/oai_dc.xsd", (string?)dc.Attribute(XName.Get("schemaLocation", Instance)));
        Assert.All(dc.Elements(), element =>
        {
            Assert.Equal(DublinCore, element.Name.NamespaceName);
            Assert.Contains(element.Name.LocalName, (IEnumerable<string>)_elements);
            Assert.False(element.HasElements);
        });
    }
}
