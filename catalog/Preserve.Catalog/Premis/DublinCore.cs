using System.Text;
using System.Xml;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Rights;

namespace Preserve.Catalog.Premis;

/// <summary>An object's description in Dublin Core, in the container that OAI-PMH 2.0 names <c>oai_dc</c>.</summary>
public static class DublinCore
{
    private const string Container = "http://www.openarchives.org/OAI/2.0/oai_dc/";
    private const string Elements = "http://purl.org/dc/elements/1.1/";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>A document as UTF-8 without a byte order mark.</summary>
    public static byte[] Write(ObjectDescription description)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CheckCharacters = true }))
        {
            Write(description, xml);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Writes the <c>oai_dc:dc</c> element.</summary>
    /// <param name="description">Of the object.</param>
    /// <param name="xml">Where to.</param>
    /// <param name="addresses">Where it can be seen; further identifiers.</param>
    public static void Write(ObjectDescription description, XmlWriter xml, IReadOnlyList<string>? addresses = null)
    {
        xml.WriteStartElement("oai_dc", "dc", Container);
        xml.WriteAttributeString("xmlns", "dc", null, Elements);
        xml.WriteAttributeString("xmlns", "xsi", null, Instance);
        xml.WriteAttributeString("xsi", "schemaLocation", Instance, $"{Container} http://www.openarchives.org/OAI/2.0/oai_dc.xsd");
        foreach (var (name, value) in Fields(description).Concat((addresses ?? []).Select(address => (Name: "identifier", Value: address))).Where(field => field.Value.Length > 0))
        {
            xml.WriteElementString("dc", name, Elements, XmlText.Clean(value));
        }

        xml.WriteEndElement();
    }

    /// <summary>Elements in the order in which they are written; values may be empty.</summary>
    public static IEnumerable<(string Name, string Value)> Fields(ObjectDescription one) =>
    [
        ("title", one.Title),
        .. one.Creators.Select(creator => ("creator", creator)),
        ("description", one.Description),
        ("date", one.Date),
        ("type", "Software"),
        .. one.Media.Select(medium => medium.Kind).Distinct().Select(kind => ("format", kind)),
        ("identifier", $"preserve:object:{one.Id}"),
        .. one.Identifiers.Select(identifier => ("identifier", IdentifierScheme.LinkOf(identifier.Scheme, identifier.Value) ?? $"{identifier.Scheme}:{identifier.Value}")),
        ("source", one.Source),
        ("rights", one.Rights),
        .. one.RightsStatements.SelectMany(rights => new[] { ("rights", rights.Uri ?? ""), ("rights", RightsWords.Of(rights)) }),
    ];
}
