using System.Globalization;
using System.Xml;
using Preserve.Catalog.Descriptions;

namespace Preserve.Catalog.Premis;

/// <summary>
/// An object's description as a PREMIS 3.0 record: the object, a representation for each one of its media's, their files, its environments
/// with their machine profiles, its events with their agents, and its rights.
/// </summary>
public sealed class PremisRecord
{
    private const string Scheme = "preserve";
    private const string Uuid = "UUID";

    private readonly ObjectDescription _object;
    private readonly PremisXml _premis;

    private PremisRecord(ObjectDescription description, XmlWriter xml)
    {
        _object = description;
        _premis = new PremisXml(xml);
    }

    /// <summary>The record as UTF-8 without a byte order mark.</summary>
    public static byte[] Write(ObjectDescription description)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new System.Text.UTF8Encoding(false) }))
        {
            new PremisRecord(description, xml).Write();
            xml.WriteEndElement();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private string ObjectId => $"object/{_object.Id}";

    private void Write()
    {
        _premis.Begin();
        WriteEntity();
        foreach (var medium in _object.Media)
        {
            foreach (var (number, representation) in medium.Representations.Index())
            {
                WriteRepresentation(medium, representation, number);
            }
        }

        _object.Profiles.ToList().ForEach(profile => WriteProfile(profile.Id, profile.Version, profile.Title, profile.Document));
        _object.Environments.ToList().ForEach(WriteEnvironment);
        _object.Events.Index().ToList().ForEach(one => WriteEvent(one.Item, one.Index));
        _object.Events.Select(one => one.Agent).Distinct().ToList().ForEach(WriteAgent);
        new PremisRights(_premis, _object).Write(Scheme, ObjectId);
    }

    private void WriteEntity() => _premis.Object("intellectualEntity", () =>
    {
        _premis.Identifier("objectIdentifier", Scheme, ObjectId);
        _object.Identifiers.ToList().ForEach(one => _premis.Identifier("objectIdentifier", one.Scheme, one.Value, PremisTerms.IdentifierScheme(one.Scheme)));
        WriteProperty("title", _object.Title);
        WriteProperty("date", _object.Date);
        _object.Creators.ToList().ForEach(creator => WriteProperty("creator", creator));
        WriteProperty("description", _object.Description);
        WriteProperty("source", _object.Source);
        _object.Software.ToList().ForEach(one => WriteProperty($"{one.Use.ToString().ToLowerInvariant()} format of PRONOM", one.Puid));
        _object.Events.Index().ToList().ForEach(one => LinkEvent(one.Item, one.Index));
        PremisRights.IdentifiersOf(_object).ToList().ForEach(id => _premis.Identifier("linkingRightsStatementIdentifier", Scheme, id));
    });

    private void WriteProperty(string type, string value)
    {
        if (value.Length > 0)
        {
            _premis.Element("significantProperties", () =>
            {
                _premis.Text("significantPropertiesType", type);
                _premis.Text("significantPropertiesValue", value);
            });
        }
    }

    private void LinkEvent(EventDescription one, int index) => _premis.Identifier("linkingEventIdentifier", EventIdentifierType(one), EventIdentifier(one, index));

    private void WriteRepresentation(MediumDescription medium, RepresentationDescription representation, int number)
    {
        var id = $"{ObjectId}/media/{medium.Name}/{(number + 1).ToString(CultureInfo.InvariantCulture)}";
        _premis.Object("representation", () =>
        {
            _premis.Identifier("objectIdentifier", Scheme, id);
            WriteProperty("medium", medium.Kind);
            WriteProperty("label", medium.Label);
            WriteProperty("made here of the files", medium.MadeOf);
            WriteProperty("order", medium.Order.ToString(CultureInfo.InvariantCulture));
            WriteProperty("access copy", representation.IsAccessCopy ? "yes" : "no");
            WriteProperty("overlay on the file with SHA-256", representation.BackingSha256 ?? "");
            _premis.Text("originalName", medium.Name);
            _premis.Relationship("structural", PremisTerms.Structural, "is part of", PremisTerms.IsPartOf, Scheme, ObjectId);
        });
        representation.Files.ToList().ForEach(file => WriteFile(representation, file, id));
    }

    private void WriteFile(RepresentationDescription representation, FileDescription file, string representationId) => _premis.Object("file", () =>
    {
        _premis.Identifier("objectIdentifier", Scheme, $"{ObjectId}/{file.Path}");
        _premis.Element("objectCharacteristics", () =>
        {
            _premis.Text("compositionLevel", "0");
            _premis.Element("fixity", () =>
            {
                _premis.Term("messageDigestAlgorithm", "SHA-256", PremisTerms.Digest("sha256"));
                _premis.Text("messageDigest", file.Sha256);
            });
            _premis.Text("size", file.LengthInBytes.ToString(CultureInfo.InvariantCulture));
            WriteFormats(representation, file);
        });
        _premis.Text("originalName", file.OriginalName.Length > 0 ? file.OriginalName : file.Name);
        _premis.Element("storage", () => _premis.Element("contentLocation", () =>
        {
            _premis.Text("contentLocationType", "logical path in the OCFL object");
            _premis.Text("contentLocationValue", file.Path);
        }));
        _premis.Relationship("structural", PremisTerms.Structural, "is part of", PremisTerms.IsPartOf, Scheme, representationId);
    });

    private void WriteFormats(RepresentationDescription representation, FileDescription file)
    {
        _premis.Element("format", () => _premis.Element("formatDesignation", () => _premis.Text("formatName", representation.Format)));
        foreach (var known in file.Identifications.Where(one => one.Puid.Length > 0))
        {
            _premis.Element("format", () =>
            {
                _premis.Element("formatRegistry", () =>
                {
                    _premis.Text("formatRegistryName", "PRONOM");
                    _premis.Text("formatRegistryKey", known.Puid);
                });
                _premis.Text("formatNote", $"{known.Tool}, by {known.Method}, signatures {known.SignatureVersion}");
            });
        }
    }

    private void WriteProfile(string id, int version, string title, string document) => _premis.Object("intellectualEntity", () =>
    {
        _premis.Identifier("objectIdentifier", Scheme, ProfileIdentifier(id, version));
        WriteProperty("machine profile", document);
        _premis.Element("environmentFunction", () =>
        {
            _premis.Text("environmentFunctionType", "hardware");
            _premis.Text("environmentFunctionLevel", "1");
        });
        _premis.Element("environmentDesignation", () =>
        {
            _premis.Text("environmentName", title);
            _premis.Text("environmentVersion", version.ToString(CultureInfo.InvariantCulture));
        });
    });

    private void WriteEnvironment(EnvironmentDescription one) => _premis.Object("intellectualEntity", () =>
    {
        _premis.Identifier("objectIdentifier", Scheme, $"environment/{one.Id}");
        WriteProperty("memory in MiB", one.MemoryMiB.ToString(CultureInfo.InvariantCulture));
        WriteProperty("boots from", one.Boot);
        WriteProperty("what was done", one.Note);
        WriteProperty("settled screen", one.SettledScreen);
        WriteProperty("sound", one.Sound);
        one.Drives.ToList().ForEach(drive => WriteProperty("medium in bay", $"{drive.Bay}: {drive.ObjectId}, {drive.Medium}"));
        _premis.Element("environmentFunction", () =>
        {
            _premis.Text("environmentFunctionType", "software");
            _premis.Text("environmentFunctionLevel", "2");
        });
        _premis.Element("environmentDesignation", () => _premis.Text("environmentName", one.Title));
        _premis.Relationship("dependency", PremisTerms.Dependency, "requires", PremisTerms.Requires, Scheme, ProfileIdentifier(one.ProfileId, one.ProfileVersion));
        foreach (var objectId in one.Drives.Select(drive => drive.ObjectId).Append(_object.Id).Distinct())
        {
            _premis.Relationship("dependency", PremisTerms.Dependency, "requires", PremisTerms.Requires, Scheme, $"object/{objectId}");
        }

        if (one.ParentId is { } parent)
        {
            _premis.Relationship("derivation", PremisTerms.Derivation, "has source", PremisTerms.HasSource, Scheme, $"environment/{parent}");
        }
    });

    private void WriteEvent(EventDescription one, int index) => _premis.Element("event", () =>
    {
        _premis.Identifier("eventIdentifier", EventIdentifierType(one), EventIdentifier(one, index));
        _premis.Term("eventType", one.Type, PremisTerms.EventType(one.Type));
        _premis.Text("eventDateTime", DateTimeOffset.FromUnixTimeMilliseconds(one.OccurredAt).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        if (one.Detail.Length > 0)
        {
            _premis.Element("eventDetailInformation", () => _premis.Text("eventDetail", one.Detail));
        }

        _premis.Element("eventOutcomeInformation", () => _premis.Term("eventOutcome", one.Outcome, PremisTerms.EventOutcome(one.Outcome)));
        _premis.Identifier("linkingAgentIdentifier", Scheme, AgentIdentifier(one.Agent));
        _premis.Identifier("linkingObjectIdentifier", Scheme, ObjectId);
    });

    private void WriteAgent(string agent) => _premis.Element("agent", () =>
    {
        var isOurs = agent.StartsWith("preserve ", StringComparison.Ordinal);
        _premis.Identifier("agentIdentifier", Scheme, AgentIdentifier(agent));
        _premis.Text("agentName", agent);
        _premis.Term("agentType", isOurs ? "software" : "person", isOurs ? PremisTerms.Software : PremisTerms.Person);
        _premis.Text("agentVersion", isOurs ? agent[(agent.LastIndexOf(' ') + 1)..] : null);
    });

    private static string ProfileIdentifier(string id, int version) => string.Create(CultureInfo.InvariantCulture, $"profile/{id}/{version}");

    private static string AgentIdentifier(string agent) => $"agent/{agent}";

    private static string EventIdentifierType(EventDescription one) => one.Identifier.Length > 0 ? Uuid : Scheme;

    private string EventIdentifier(EventDescription one, int index) =>
        one.Identifier.Length > 0 ? one.Identifier : string.Create(CultureInfo.InvariantCulture, $"{ObjectId}/event/{index + 1}");
}
