using Preserve.Catalog.Formats.Containers;
using Preserve.Catalog.Formats.Signatures;

namespace Preserve.Catalog.Formats;

/// <summary>Tells what a file is. For untrusted bytes, so only ever run inside the sandbox. Safe for concurrent callers.</summary>
/// <remarks>
/// 1. PRONOM's signatures are looked for at the beginning and the end.
/// 2. Where one says ZIP or OLE2, what lies inside decides.
/// 3. A format gives way to those that have priority over it.
/// 4. Formats of media that PRONOM does not know, or all of them without a signature file, come from the table that ships.
/// 5. What matches nothing is told by its name.
/// </remarks>
internal sealed class FormatIdentifier
{
    private const int MostMatches = 16;

    private readonly SignatureFile? _signatures;
    private readonly ContainerSignatures? _containers;
    private readonly MediaFormats _media = MediaFormats.Shipped;

    /// <param name="signatures">PRONOM's formats; null to know only media.</param>
    /// <param name="containers">What lies in containers; useless without <paramref name="signatures"/>, which has the formats' names.</param>
    public FormatIdentifier(SignatureFile? signatures, ContainerSignatures? containers)
    {
        (_signatures, _containers) = (signatures, containers);
        SignatureVersion = signatures is null
            ? $"media table {_media.Version}"
            : $"DROID {signatures.Version}{(containers is null ? "" : $", containers {containers.Version}")}, media table {_media.Version}";
    }

    public string SignatureVersion { get; }

    /// <param name="stream">Seekable; stays the caller's.</param>
    /// <param name="name">The file's name, for its extension.</param>
    public FileIdentification Identify(Stream stream, string name)
    {
        var windows = FileWindows.Read(stream);
        var extension = Path.GetExtension(name).TrimStart('.');
        var bySignature = BySignature(windows);
        var byContainer = ByContainer(stream, bySignature, out var problem);
        var found = byContainer.Count > 0 ? byContainer : bySignature;
        IReadOnlyList<FormatMatch> matches = [.. Preferred(found).Select(format =>
            Match(format, byContainer.Count > 0 ? FormatMethod.Container : FormatMethod.Signature))];
        if (matches.Count == 0 && _media.Find(windows, stream.Length, extension) is { } medium)
        {
            matches = [medium];
        }

        if (matches.Count == 0)
        {
            matches = ByExtension(extension);
        }

        return new FileIdentification([.. matches.Take(MostMatches)], SignatureVersion, problem);
    }

    private List<FileFormat> BySignature(FileWindows windows)
    {
        var found = new List<FileFormat>();
        foreach (var signature in _signatures?.Signatures ?? [])
        {
            if (signature.IsMatch(windows.Head, windows.Tail))
            {
                found.AddRange(_signatures!.OfSignature(signature.Id));
            }
        }

        return [.. found.Distinct()];
    }

    private List<FileFormat> ByContainer(Stream stream, List<FileFormat> found, out string problem)
    {
        problem = "";
        if (_containers is null || _signatures is null)
        {
            return [];
        }

        try
        {
            if (IsTriggered("ZIP", found))
            {
                using var zip = new ZipContainer(stream);
                return Inside("ZIP", zip);
            }

            return IsTriggered("OLE2", found) ? Inside("OLE2", new Ole2Container(stream)) : [];
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            problem = $"What lies in the container could not be read: {damaged.Message}";
            return [];
        }
    }

    private bool IsTriggered(string containerType, List<FileFormat> found) =>
        _containers!.TriggersOf(containerType).Any(puid => found.Exists(format => format.Puid == puid));

    private List<FileFormat> Inside(string containerType, IContainer container)
    {
        var contents = new Dictionary<string, byte[]>();
        return [.. _containers!.All
            .Where(signature => signature.ContainerType == containerType && signature.Files.All(file => Holds(container, file, contents)))
            .SelectMany(signature => _containers.PuidsOf(signature.Id))
            .Select(puid => _signatures!.OfPuid(puid)).OfType<FileFormat>().Distinct()];
    }

    private static bool Holds(IContainer container, ContainedFile file, Dictionary<string, byte[]> contents)
    {
        if (!container.Contains(file.Path))
        {
            return false;
        }

        if (file.Signatures.Count == 0)
        {
            return true;
        }

        if (!contents.TryGetValue(file.Path, out var content))
        {
            contents[file.Path] = content = container.Read(file.Path);
        }

        return file.Signatures.Any(signature => signature.IsMatch(content, content));
    }

    private static IEnumerable<FileFormat> Preferred(List<FileFormat> found)
    {
        var lesser = found.SelectMany(format => format.PriorityOver).ToHashSet();
        return found.Where(format => !lesser.Contains(format.Id));
    }

    private IReadOnlyList<FormatMatch> ByExtension(string extension)
    {
        if (extension.Length == 0)
        {
            return [];
        }

        var known = _signatures?.OfExtension(extension) ?? [];
        return known.Count > 0
            ? [.. Preferred([.. known]).Select(format => Match(format, FormatMethod.Extension))]
            : _media.OfExtension(extension) is { } medium ? [medium] : [];
    }

    private static FormatMatch Match(FileFormat format, FormatMethod method) => new()
    {
        Puid = format.Puid,
        Name = format.Name,
        Version = format.Version,
        MimeType = format.MimeType,
        Method = method,
    };
}
