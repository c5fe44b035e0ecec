using System.Xml;
using System.Xml.Linq;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Premis;
using Preserve.Catalog.Rights;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Premis;

/// <summary>PREMIS records against the structure that the data dictionary (version 3.0) gives each kind of entity: which elements, in which order, how often.</summary>
public sealed class PremisRecordTests
{
    private const string Attack = "<script>alert(1)</script> & \"quotes\" \u0001 \U0001F4BE";

    private static readonly XNamespace Premis = "http://www.loc.gov/premis/v3";
    private static readonly XName Type = XName.Get("type", "http://www.w3.org/2001/XMLSchema-instance");

    /// <summary>Children in order; ! once, ? at most once, + at least once, * any number.</summary>
    private static readonly Dictionary<string, string> Structure = new()
    {
        ["premis"] = "object+ event* agent* rights*",
        ["object:intellectualEntity"] = "objectIdentifier+ preservationLevel* significantProperties* originalName? storage* signatureInformation* environmentFunction* environmentDesignation* environmentRegistry* environmentExtension* relationship* linkingEventIdentifier* linkingRightsStatementIdentifier*",
        ["object:representation"] = "objectIdentifier+ preservationLevel* significantProperties* originalName? storage* relationship* linkingEventIdentifier* linkingRightsStatementIdentifier*",
        ["object:file"] = "objectIdentifier+ preservationLevel* significantProperties* objectCharacteristics+ originalName? storage* signatureInformation* relationship* linkingEventIdentifier* linkingRightsStatementIdentifier*",
        ["objectIdentifier"] = "objectIdentifierType! objectIdentifierValue!",
        ["significantProperties"] = "significantPropertiesType? significantPropertiesValue?",
        ["objectCharacteristics"] = "compositionLevel? fixity* size? format+",
        ["fixity"] = "messageDigestAlgorithm! messageDigest! messageDigestOriginator?",
        ["format"] = "formatDesignation? formatRegistry? formatNote*",
        ["formatDesignation"] = "formatName! formatVersion?",
        ["formatRegistry"] = "formatRegistryName! formatRegistryKey! formatRegistryRole?",
        ["storage"] = "contentLocation? storageMedium?",
        ["contentLocation"] = "contentLocationType! contentLocationValue!",
        ["environmentFunction"] = "environmentFunctionType! environmentFunctionLevel!",
        ["environmentDesignation"] = "environmentName! environmentVersion? environmentOrigin? environmentDesignationNote* environmentDesignationExtension*",
        ["relationship"] = "relationshipType! relationshipSubType! relatedObjectIdentifier+ relatedEventIdentifier* relatedEnvironmentPurpose* relatedEnvironmentCharacteristic?",
        ["relatedObjectIdentifier"] = "relatedObjectIdentifierType! relatedObjectIdentifierValue! relatedObjectSequence?",
        ["linkingEventIdentifier"] = "linkingEventIdentifierType! linkingEventIdentifierValue!",
        ["linkingRightsStatementIdentifier"] = "linkingRightsStatementIdentifierType! linkingRightsStatementIdentifierValue!",
        ["event"] = "eventIdentifier! eventType! eventDateTime! eventDetailInformation* eventOutcomeInformation* linkingAgentIdentifier* linkingObjectIdentifier*",
        ["eventIdentifier"] = "eventIdentifierType! eventIdentifierValue!",
        ["eventDetailInformation"] = "eventDetail? eventDetailExtension*",
        ["eventOutcomeInformation"] = "eventOutcome? eventOutcomeDetail*",
        ["linkingAgentIdentifier"] = "linkingAgentIdentifierType! linkingAgentIdentifierValue! linkingAgentRole*",
        ["linkingObjectIdentifier"] = "linkingObjectIdentifierType! linkingObjectIdentifierValue! linkingObjectRole*",
        ["agent"] = "agentIdentifier+ agentName* agentType? agentVersion? agentNote*",
        ["agentIdentifier"] = "agentIdentifierType! agentIdentifierValue!",
        ["rights"] = "rightsStatement+",
        ["rightsStatement"] = "rightsStatementIdentifier! rightsBasis! copyrightInformation? licenseInformation? statuteInformation* otherRightsInformation? rightsGranted* linkingObjectIdentifier* linkingAgentIdentifier*",
        ["rightsStatementIdentifier"] = "rightsStatementIdentifierType! rightsStatementIdentifierValue!",
        ["copyrightInformation"] = "copyrightStatus! copyrightJurisdiction! copyrightStatusDeterminationDate? copyrightNote* copyrightDocumentationIdentifier* copyrightApplicableDates?",
        ["copyrightDocumentationIdentifier"] = "copyrightDocumentationIdentifierType! copyrightDocumentationIdentifierValue! copyrightDocumentationRole?",
        ["licenseInformation"] = "licenseDocumentationIdentifier* licenseTerms? licenseNote* licenseApplicableDates?",
        ["licenseDocumentationIdentifier"] = "licenseDocumentationIdentifierType! licenseDocumentationIdentifierValue! licenseDocumentationRole?",
        ["statuteInformation"] = "statuteJurisdiction! statuteCitation! statuteInformationDeterminationDate? statuteNote* statuteDocumentationIdentifier* statuteApplicableDates?",
        ["otherRightsInformation"] = "otherRightsDocumentationIdentifier* otherRightsBasis! otherRightsApplicableDates? otherRightsNote*",
        ["rightsGranted"] = "act! restriction* termOfGrant? termOfRestriction? rightsGrantedNote*",
    };

    [Fact]
    public void Every_element_has_the_children_that_the_data_dictionary_gives_it()
    {
        var record = Read(PremisRecord.Write(Sample()));

        var problems = record.DescendantsAndSelf().Where(element => element.HasElements).SelectMany(Check).ToList();

        Assert.Empty(problems);
        Assert.Equal("3.0", record.Attribute("version")!.Value);
        Assert.Equal(
            ["intellectualEntity", "representation", "file", "intellectualEntity", "intellectualEntity"],
            record.Elements(Premis + "object").Select(one => one.Attribute(Type)!.Value));
    }

    [Fact]
    public void Every_identifier_that_is_linked_to_is_one_of_the_record()
    {
        var record = Read(PremisRecord.Write(Sample()));

        var known = record.Descendants().Where(element => element.Name.LocalName is "objectIdentifierValue" or "eventIdentifierValue" or "agentIdentifierValue" or "rightsStatementIdentifierValue")
            .Select(element => element.Value).ToHashSet();
        var linked = record.Descendants().Where(element => element.Name.LocalName.StartsWith("linking", StringComparison.Ordinal) && element.Name.LocalName.EndsWith("Value", StringComparison.Ordinal))
            .Select(element => element.Value).ToList();

        Assert.NotEmpty(linked);
        Assert.All(linked, identifier => Assert.Contains(identifier, known));
    }

    [Fact]
    public void Terms_point_to_the_vocabularies_at_the_Library_of_Congress()
    {
        var record = Read(PremisRecord.Write(Sample()));

        Assert.Equal("http://id.loc.gov/vocabulary/preservation/eventType/ing", Term(record, "eventType"));
        Assert.Equal("http://id.loc.gov/vocabulary/preservation/eventOutcome/suc", Term(record, "eventOutcome"));
        Assert.Equal("http://id.loc.gov/vocabulary/preservation/cryptographicHashFunctions/sha256", Term(record, "messageDigestAlgorithm"));
        Assert.Equal("http://id.loc.gov/vocabulary/preservation/agentType/sof", Term(record, "agentType"));
    }

    [Fact]
    public void Rights_by_every_basis_have_their_own_information_and_identifiers_their_scheme()
    {
        var record = Read(PremisRecord.Write(Sample()));

        var statements = record.Element(Premis + "rights")!.Elements(Premis + "rightsStatement").ToList();
        Assert.Equal(["license", "copyright", "license", "statute", "other"], statements.Select(one => one.Element(Premis + "rightsBasis")!.Value));
        Assert.Equal(["oth", "sta", "lic", "cop", "lic"], statements.AsEnumerable().Reverse().Select(one => one.Element(Premis + "rightsBasis")!.Attribute("valueURI")!.Value.Split('/')[^1]));
        Assert.Equal("http://id.loc.gov/vocabulary/preservation/copyrightStatus/cpr", Term(record, "copyrightStatus"));
        Assert.Equal("http://rightsstatements.org/vocab/InC/1.0/", record.Descendants(Premis + "copyrightDocumentationIdentifierValue").Single().Value);
        Assert.Equal("https://creativecommons.org/licenses/by/4.0/", record.Descendants(Premis + "licenseDocumentationIdentifierValue").Single().Value);
        Assert.Equal("donor", record.Descendants(Premis + "otherRightsBasis").Single().Value);
        var identifiers = record.Element(Premis + "object")!.Elements(Premis + "objectIdentifier").Select(one => one.Element(Premis + "objectIdentifierType")!).ToList();
        Assert.Equal(["preserve", "doi", "own-scheme"], identifiers.Select(one => one.Value));
        Assert.Equal("http://id.loc.gov/vocabulary/identifiers/doi", identifiers[1].Attribute("valueURI")!.Value);
        Assert.Null(identifiers[2].Attribute("valueURI"));
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        var record = Read(PremisRecord.Write(Sample()));
        var core = Read(DublinCore.Write(Sample()));

        var shown = Attack.Replace('\u0001', '\uFFFD');
        Assert.Contains(record.Descendants(Premis + "significantPropertiesValue"), value => value.Value == shown);
        Assert.Contains(core.Elements(), value => value.Value == shown);
        Assert.Empty(record.Descendants("script"));
    }

    [Fact]
    public void Dublin_Core_has_the_elements_that_are_known_and_no_empty_ones()
    {
        var core = Read(DublinCore.Write(Sample()));

        Assert.Equal("{http://www.openarchives.org/OAI/2.0/oai_dc/}dc", core.Name.ToString());
        Assert.Equal(
            ["title", "creator", "type", "format", "identifier", "identifier", "identifier", "rights", "rights", "rights", "rights", "rights", "rights", "rights"],
            core.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(["preserve:object:game", "https://doi.org/10.5281/zenodo.1", $"own-scheme:{Attack.Replace('\u0001', '\uFFFD')}"],
            core.Elements().Where(element => element.Name.LocalName == "identifier").Select(element => element.Value));
        Assert.Contains(core.Elements(), element => element.Value == "https://creativecommons.org/licenses/by/4.0/");
        Assert.All(core.Elements(), element => Assert.Equal("http://purl.org/dc/elements/1.1/", element.Name.NamespaceName));
    }

    private static ObjectDescription Sample() => new()
    {
        Id = "game",
        Title = Attack,
        Creators = ["Ada Løve"],
        Rights = "MIT",
        RightsStatements =
        [
            new(RightsBasis.Copyright, "http://rightsstatements.org/vocab/InC/1.0/", CopyrightStatus.Copyrighted, "DE", Terms: Attack),
            new(RightsBasis.Licence, "https://creativecommons.org/licenses/by/4.0/"),
            new(RightsBasis.Statute, null, null, "DE", Attack, Attack),
            new(RightsBasis.Donor, Terms: Attack),
        ],
        Identifiers = [new("doi", "10.5281/zenodo.1"), new("own-scheme", Attack)],
        CreatedAt = 1,
        Media =
        [
            new("disk.img", "floppy-1440K", 1, "Disk 1",
            [
                new("raw", true, [new("disk.img", "media/disk.img/disk.img", 1, 512, Samples.Digest, [new("a tool", "122", "signature", "fmt/468")])]),
            ]),
        ],
        Environments = [new() { Id = "game", Title = "The game", ParentId = "parent", ProfileId = "pc-486", ProfileVersion = 1, MemoryMiB = 16, Boot = "floppy", Drives = [new("floppy0", "game", "disk.img")] }],
        Events =
        [
            new(Guid.NewGuid().ToString(), "ingestion", 1_700_000_000_000, "preserve import 0.1.0", "success", Attack),
            new("", "something of our own", 1_700_000_000_001, "A person", "failure", ""),
        ],
        Profiles = [Samples.Profile()],
    };

    private static XElement Read(byte[] xml) =>
        XElement.Load(XmlReader.Create(new MemoryStream(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit }));

    private static string Term(XElement record, string name)
    {
        var element = record.Descendants(Premis + name).First();
        Assert.StartsWith(element.Attribute("authorityURI")!.Value, element.Attribute("valueURI")!.Value, StringComparison.Ordinal);
        return element.Attribute("valueURI")!.Value;
    }

    private static IEnumerable<string> Check(XElement element)
    {
        var name = element.Name.LocalName == "object" ? $"object:{element.Attribute(Type)?.Value}" : element.Name.LocalName;
        if (!Structure.TryGetValue(name, out var rules))
        {
            yield return $"{name} is not known";
            yield break;
        }

        var children = element.Elements().Select(child => child.Name.LocalName).ToList();
        var at = 0;
        foreach (var rule in rules.Split(' '))
        {
            var count = children.Skip(at).TakeWhile(child => child == rule[..^1]).Count();
            at += count;
            if (rule[^1] switch { '!' => count != 1, '?' => count > 1, '+' => count < 1, _ => false })
            {
                yield return $"{name} has {count} {rule}";
            }
        }

        if (at < children.Count)
        {
            yield return $"{name} has {children[at]} where it does not belong";
        }
    }
}
