using System.Xml;
using System.Xml.Linq;

namespace Preserve.Catalog.Mets;

/// <summary>
/// Reads the METS file of an Archivematica AIP: Dublin Core, original names, identifications, PREMIS 2 and 3 events and agents. One section at
/// a time, no DTD, nothing fetched. Runs inside the sandbox.
/// </summary>
/// <remarks>Elements are told by their local names: the namespaces of PREMIS differ from version to version, what is read does not.</remarks>
internal sealed class MetsReader
{
    public const int MaximumFiles = 10_000;
    public const int MaximumEvents = 20_000;

    /// <summary>In bytes; a longer one is not read.</summary>
    public const int MaximumLengthInBytes = 64 * 1024 * 1024;

    private const string MetsNamespace = "http://www.loc.gov/METS/";
    private const int MaximumElements = 200;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaximumLengthInBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    private readonly Dictionary<string, AdministrativeSection> _sections = new(StringComparer.Ordinal);
    private readonly List<DublinCoreElement> _dublinCore = [];
    private readonly List<MetsFile> _files = [];
    private readonly List<string> _leftOut = [];
    private int _events;

    /// <exception cref="InvalidDataException">It is no METS file; the message says why.</exception>
    public static MetsFacts Read(Stream stream)
    {
        var reader = new MetsReader();
        try
        {
            using var xml = XmlReader.Create(stream, Settings);
            reader.Read(xml);
        }
        catch (XmlException problem)
        {
            throw new InvalidDataException($"it is no METS file that can be read: {problem.Message}", problem);
        }

        return reader.Facts();
    }

    private void Read(XmlReader xml)
    {
        xml.MoveToContent();
        if (xml.LocalName != "mets" || xml.NamespaceURI != MetsNamespace)
        {
            throw new InvalidDataException("its first element is not mets");
        }

        // ReadFrom leaves the reader behind the section: it must not be moved on again.
        xml.Read();
        while (!xml.EOF)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.Depth == 1 && xml.LocalName is "dmdSec" or "amdSec")
            {
                Take((XElement)XNode.ReadFrom(xml));
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "fileGrp")
            {
                TakeGroup((XElement)XNode.ReadFrom(xml));
            }
            else
            {
                xml.Read();
            }
        }
    }

    private void Take(XElement section)
    {
        if (section.Name.LocalName == "amdSec" && (string?)section.Attribute("ID") is { } id && _sections.Count < MaximumFiles)
        {
            var read = AdministrativeSection.Read(section, MaximumEvents - _events);
            _events += read.Events.Count;
            _sections[id] = read;
            if (read.LeftOut > 0)
            {
                LeaveOut($"{read.LeftOut} events of {id} have no type or instant, or are more than {MaximumEvents} in all");
            }
        }
        else if (_dublinCore.Count == 0)
        {
            _dublinCore.AddRange(section.Descendants().Where(one => one.Name.NamespaceName is "http://purl.org/dc/elements/1.1/" or "http://purl.org/dc/terms/")
                .Where(one => !one.HasElements && one.Value.Trim().Length > 0).Take(MaximumElements)
                .Select(one => new DublinCoreElement(one.Name.LocalName, one.Value.Trim())));
        }
    }

    private void TakeGroup(XElement group)
    {
        foreach (var file in group.DescendantsAndSelf().Where(one => one.Name.LocalName == "file"))
        {
            var path = file.Elements().FirstOrDefault(one => one.Name.LocalName == "FLocat")?.Attribute(XName.Get("href", "http://www.w3.org/1999/xlink"))?.Value;
            if (path is null || _files.Count >= MaximumFiles)
            {
                LeaveOut(path is null ? "a file without a place" : $"more files than {MaximumFiles}");
                continue;
            }

            var use = (string?)file.Parent?.Attribute("USE") ?? "";
            var about = ((string?)file.Attribute("ADMID") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => _sections.GetValueOrDefault(id)).FirstOrDefault(one => one is not null);
            if (about is not null)
            {
                about.Path = path;
            }

            _files.Add(new MetsFile(path, use, about?.OriginalName ?? "", about?.Sha256 ?? "", about?.Formats ?? []));
        }
    }

    private void LeaveOut(string words)
    {
        if (_leftOut.Count < MaximumElements)
        {
            _leftOut.Add(words);
        }
    }

    private MetsFacts Facts() =>
        new(_dublinCore, _files, [.. _sections.Values.SelectMany(section => section.Events.Select(one => one with { Path = section.Path }))], _leftOut);
}
