using System.Xml.Linq;

namespace Preserve.Catalog.Formats.Signatures;

/// <summary>A DROID signature file: PRONOM's formats and how their files are told. Read as data, once for many files. Immutable.</summary>
internal sealed class SignatureFile
{
    private const int MaximumSignatures = 100_000;

    private readonly Dictionary<int, List<FileFormat>> _bySignature;
    private readonly Dictionary<string, List<FileFormat>> _byExtension;
    private readonly Dictionary<string, FileFormat> _byPuid;

    private SignatureFile(string version, IReadOnlyList<InternalSignature> signatures, IReadOnlyList<FileFormat> formats)
    {
        (Version, Signatures, Formats) = (version, signatures, formats);
        _bySignature = formats.SelectMany(format => format.SignatureIds, (format, id) => (format, id))
            .GroupBy(pair => pair.id).ToDictionary(group => group.Key, group => group.Select(pair => pair.format).ToList());
        _byExtension = formats.Where(format => format.SignatureIds.Count == 0).SelectMany(format => format.Extensions, (format, extension) => (format, extension))
            .GroupBy(pair => pair.extension, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.format).ToList(), StringComparer.OrdinalIgnoreCase);
        _byPuid = formats.GroupBy(format => format.Puid).ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>As the file says, such as <c>122</c>.</summary>
    public string Version { get; }

    public IReadOnlyList<InternalSignature> Signatures { get; }

    public IReadOnlyList<FileFormat> Formats { get; }

    public IReadOnlyList<FileFormat> OfSignature(int id) => _bySignature.TryGetValue(id, out var formats) ? formats : [];

    /// <summary>Formats whose files have such names, of those that no bytes tell: where they would, their absence says that the name is wrong.</summary>
    /// <param name="extension">Without the dot, in any case.</param>
    public IReadOnlyList<FileFormat> OfExtension(string extension) => _byExtension.TryGetValue(extension, out var formats) ? formats : [];

    public FileFormat? OfPuid(string puid) => _byPuid.GetValueOrDefault(puid);

    /// <exception cref="SignatureFileException">It cannot be used; the message says why.</exception>
    public static SignatureFile Read(Stream stream)
    {
        var root = SignatureXml.Load(stream, "FFSignatureFile");
        var signatures = root.All("InternalSignatureCollection").SelectMany(all => all.All("InternalSignature"))
            .Take(MaximumSignatures).Select(InternalSignatureReader.Read).ToList();
        var formats = root.All("FileFormatCollection").SelectMany(all => all.All("FileFormat")).Take(MaximumSignatures).Select(ReadFormat).ToList();
        return formats.Count > 0
            ? new SignatureFile(root.Text("Version"), signatures, formats)
            : throw new SignatureFileException("The file names no format.");
    }

    private static FileFormat ReadFormat(XElement element) => new()
    {
        Id = element.Number("ID") ?? throw new SignatureFileException("A FileFormat has no ID."),
        Puid = element.Text("PUID"),
        Name = element.Text("Name"),
        Version = element.Text("Version"),
        MimeType = element.Text("MIMEType"),
        SignatureIds = Numbers(element, "InternalSignatureID"),
        Extensions = [.. element.All("Extension").Select(extension => extension.Value)],
        PriorityOver = Numbers(element, "HasPriorityOverFileFormatID"),
    };

    private static int[] Numbers(XElement element, string name) =>
        [.. element.All(name).Select(child => int.TryParse(child.Value, out var number)
            ? number
            : throw new SignatureFileException($"{name} is '{child.Value}'; a number was expected."))];
}
