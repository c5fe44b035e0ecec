using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Preserve.Catalog.Formats.Signatures;

/// <summary>Reads the XML of a signature file within bounds: no DTD, no entity, nothing from anywhere else.</summary>
internal static class SignatureXml
{
    /// <summary>Longest signature file, in bytes and in characters.</summary>
    public const long MaximumLength = 64L * 1024 * 1024;

    /// <summary>The document's root.</summary>
    /// <exception cref="SignatureFileException">It is too long, not well-formed, or not called <paramref name="name"/>.</exception>
    public static XElement Load(Stream stream, string name)
    {
        if (stream.Length > MaximumLength)
        {
            throw new SignatureFileException($"The file has {stream.Length} bytes; a signature file has at most {MaximumLength}.");
        }

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaximumLength,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        try
        {
            using var reader = XmlReader.Create(stream, settings);
            var root = XDocument.Load(reader).Root!;
            return root.Name.LocalName == name
                ? root
                : throw new SignatureFileException($"The file is a {root.Name.LocalName}; {name} was expected.");
        }
        catch (XmlException problem)
        {
            throw new SignatureFileException($"The file is not well-formed XML of a signature file: {problem.Message}", problem);
        }
    }

    /// <summary>The children of that name, in any namespace.</summary>
    public static IEnumerable<XElement> All(this XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);

    /// <summary>The first child of that name, in any namespace.</summary>
    public static XElement? One(this XElement element, string name) => element.All(name).FirstOrDefault();

    /// <summary>An attribute as it is; empty where there is none.</summary>
    public static string Text(this XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";

    /// <summary>An attribute that is a number; null where there is none.</summary>
    /// <exception cref="SignatureFileException">It is no number from 0 up.</exception>
    public static int? Number(this XElement element, string attribute)
    {
        if (element.Attribute(attribute)?.Value is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SignatureFileException($"{element.Name.LocalName} has {attribute}=\"{text}\"; a number was expected.");
    }
}
