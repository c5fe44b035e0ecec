using System.Xml;

namespace Preserve.Catalog.Premis;

/// <summary>Writes the building blocks of a PREMIS record.</summary>
internal sealed class PremisXml(XmlWriter xml)
{
    public const string Namespace = "http://www.loc.gov/premis/v3";

    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    public void Begin()
    {
        xml.WriteStartElement("premis", Namespace);
        xml.WriteAttributeString("xmlns", "xsi", null, Instance);
        xml.WriteAttributeString("xsi", "schemaLocation", Instance, $"{Namespace} http://www.loc.gov/standards/premis/premis.xsd");
        xml.WriteAttributeString("version", "3.0");
    }

    public void Object(string type, Action content) => Element("object", () =>
    {
        xml.WriteAttributeString("xsi", "type", Instance, type);
        content();
    });

    public void Element(string name, Action content)
    {
        xml.WriteStartElement(name, Namespace);
        content();
        xml.WriteEndElement();
    }

    /// <summary>A text; nothing when it is empty.</summary>
    public void Text(string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            xml.WriteElementString(name, Namespace, XmlText.Clean(text));
        }
    }

    /// <summary>A term with, where its vocabulary is known, its URI.</summary>
    public void Term(string name, string text, string? uri)
    {
        xml.WriteStartElement(name, Namespace);
        if (uri is not null)
        {
            xml.WriteAttributeString("authorityURI", uri[..uri.LastIndexOf('/')]);
            xml.WriteAttributeString("valueURI", uri);
        }

        xml.WriteString(XmlText.Clean(text));
        xml.WriteEndElement();
    }

    /// <summary>Such as <c>objectIdentifier</c> with its type and value, and the URI of the type where it has one.</summary>
    public void Identifier(string name, string type, string value, string? typeUri = null) => Element(name, () =>
    {
        Term($"{name}Type", type, typeUri);
        Text($"{name}Value", value);
    });

    public void Relationship(string type, string typeUri, string subType, string subTypeUri, string identifierType, string identifier) => Element("relationship", () =>
    {
        Term("relationshipType", type, typeUri);
        Term("relationshipSubType", subType, subTypeUri);
        Identifier("relatedObjectIdentifier", identifierType, identifier);
    });
}
