using System.Globalization;
using System.Text;
using System.Xml;
using Preserve.Catalog.Premis;
using Preserve.Catalog.Storage;
using XmlText = Preserve.Catalog.Premis.XmlText;

namespace Preserve.Web.Oai;

/// <summary>Writes the XML of an answer (section 3.2): OAI-PMH with responseDate, request, and errors or the verb's element.</summary>
public sealed class OaiAnswer : IDisposable
{
    private const string Namespace = "http://www.openarchives.org/OAI/2.0/";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private readonly MemoryStream _bytes = new();
    private readonly XmlWriter _xml;
    private readonly string _baseUrl;

    /// <param name="baseUrl">Where the protocol is spoken.</param>
    /// <param name="now">Of the answer.</param>
    public OaiAnswer(string baseUrl, DateTimeOffset now)
    {
        _baseUrl = baseUrl;
        _xml = XmlWriter.Create(_bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true });
        _xml.WriteStartElement("OAI-PMH", Namespace);
        _xml.WriteAttributeString("xmlns", "xsi", null, Instance);
        _xml.WriteAttributeString("xsi", "schemaLocation", Instance, $"{Namespace} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd");
        Text("responseDate", OaiDate.Write(now.ToUnixTimeMilliseconds()));
    }

    /// <summary>The request element; with arguments where these were not what was wrong.</summary>
    public void Request(OaiRequest? request)
    {
        _xml.WriteStartElement("request", Namespace);
        if (request is not null)
        {
            _xml.WriteAttributeString("verb", request.Verb);
            foreach (var (name, value) in request.Arguments)
            {
                _xml.WriteAttributeString(name, XmlText.Clean(value));
            }
        }

        _xml.WriteString(_baseUrl);
        _xml.WriteEndElement();
    }

    public void Error(OaiError error)
    {
        _xml.WriteStartElement("error", Namespace);
        _xml.WriteAttributeString("code", error.Name);
        _xml.WriteString(XmlText.Clean(error.Words));
        _xml.WriteEndElement();
    }

    /// <summary>An element with what is in it.</summary>
    public void Element(string name, Action content)
    {
        _xml.WriteStartElement(name, Namespace);
        content();
        _xml.WriteEndElement();
    }

    public void Text(string name, string value) => _xml.WriteElementString(name, Namespace, XmlText.Clean(value));

    /// <summary>Identifier of an object: the URI that it has in storage.</summary>
    public static string Identifier(string objectId) => ObjectStorage.OcflId(objectId);

    /// <summary>The object of an identifier; null when it is none of ours.</summary>
    public static string? ObjectId(string identifier) => ObjectStorage.ObjectId(identifier);

    public void Header(OaiRecord record)
    {
        _xml.WriteStartElement("header", Namespace);
        if (record.IsDeleted)
        {
            _xml.WriteAttributeString("status", "deleted");
        }

        Text("identifier", Identifier(record.ObjectId));
        Text("datestamp", OaiDate.Write(record.ChangedAt));
        foreach (var set in record.Sets)
        {
            Text("setSpec", set);
        }

        _xml.WriteEndElement();
    }

    /// <summary>A whole record; a deleted one has no metadata.</summary>
    /// <param name="record">The record.</param>
    /// <param name="exhibitAddress">Makes an address out of the slug of an exhibit.</param>
    public void Record(OaiRecord record, Func<string, string> exhibitAddress) => Element("record", () =>
    {
        Header(record);
        if (!record.IsDeleted)
        {
            Element("metadata", () => DublinCore.Write(record.Description, _xml, [.. record.Exhibits.Select(exhibitAddress)]));
        }
    });

    /// <summary>The token of a list that came in parts; empty in the last one.</summary>
    public void Token(string token, DateTimeOffset? expiresAt, int size, int cursor)
    {
        _xml.WriteStartElement("resumptionToken", Namespace);
        if (expiresAt is { } at)
        {
            _xml.WriteAttributeString("expirationDate", OaiDate.Write(at.ToUnixTimeMilliseconds()));
        }

        _xml.WriteAttributeString("completeListSize", size.ToString(CultureInfo.InvariantCulture));
        _xml.WriteAttributeString("cursor", cursor.ToString(CultureInfo.InvariantCulture));
        _xml.WriteString(token);
        _xml.WriteEndElement();
    }

    public byte[] Finish()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _bytes.ToArray();
    }

    public void Dispose()
    {
        _xml.Dispose();
        _bytes.Dispose();
    }
}
