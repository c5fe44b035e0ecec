using System.Xml.Linq;

namespace Preserve.Catalog.Formats.Signatures;

/// <summary>DROID's container signature file: what must lie in a ZIP or OLE2 container of a format. Immutable.</summary>
internal sealed class ContainerSignatures
{
    private const int MaximumSignatures = 10_000;

    private readonly Dictionary<int, string[]> _puids;
    private readonly ILookup<string, string> _triggers;

    private ContainerSignatures(string version, IReadOnlyList<ContainerSignature> all, Dictionary<int, string[]> puids, ILookup<string, string> triggers)
    {
        (Version, All, _puids, _triggers) = (version, all, puids, triggers);
    }

    /// <summary>As the file says, such as <c>40</c>.</summary>
    public string Version { get; }

    public IReadOnlyList<ContainerSignature> All { get; }

    /// <summary>The formats that a signature means.</summary>
    public IReadOnlyList<string> PuidsOf(int signatureId) => _puids.GetValueOrDefault(signatureId, []);

    /// <summary>Formats which, once found, are a reason to look into a container of that type (<c>ZIP</c>, <c>OLE2</c>).</summary>
    public IEnumerable<string> TriggersOf(string containerType) => _triggers[containerType];

    /// <exception cref="SignatureFileException">It cannot be used; the message says why.</exception>
    public static ContainerSignatures Read(Stream stream)
    {
        var root = SignatureXml.Load(stream, "ContainerSignatureMapping");
        var all = root.All("ContainerSignatures").SelectMany(list => list.All("ContainerSignature"))
            .Take(MaximumSignatures).Select(ReadSignature).ToList();
        var puids = root.All("FileFormatMappings").SelectMany(list => list.All("FileFormatMapping"))
            .GroupBy(mapping => mapping.Number("signatureId") ?? -1)
            .ToDictionary(group => group.Key, group => group.Select(mapping => mapping.Text("Puid")).ToArray());
        var triggers = root.All("TriggerPuids").SelectMany(list => list.All("TriggerPuid"))
            .ToLookup(trigger => trigger.Text("ContainerType"), trigger => trigger.Text("Puid"));
        return all.Count > 0
            ? new ContainerSignatures(root.Text("signatureVersion"), all, puids, triggers)
            : throw new SignatureFileException("The file holds no container signature.");
    }

    private static ContainerSignature ReadSignature(XElement element) => new(
        element.Number("Id") ?? throw new SignatureFileException("A ContainerSignature has no Id."),
        element.Text("ContainerType"),
        [.. element.All("Files").SelectMany(files => files.All("File")).Select(file => new ContainedFile(
            file.One("Path")?.Value ?? throw new SignatureFileException("A File of a container signature has no Path."),
            [.. file.All("BinarySignatures").SelectMany(all => all.All("InternalSignatureCollection"))
                .SelectMany(all => all.All("InternalSignature")).Select(InternalSignatureReader.Read)]))]);
}

/// <summary>What a container of a format holds: every one of these files.</summary>
/// <param name="Id">Number within the container signature file.</param>
/// <param name="ContainerType"><c>ZIP</c> or <c>OLE2</c>.</param>
/// <param name="Files">At least these.</param>
internal sealed record ContainerSignature(int Id, string ContainerType, IReadOnlyList<ContainedFile> Files);

/// <summary>A file inside a container.</summary>
/// <param name="Path">Its whole name there.</param>
/// <param name="Signatures">Of which its content matches one; empty where it only has to be there.</param>
internal sealed record ContainedFile(string Path, IReadOnlyList<InternalSignature> Signatures);
