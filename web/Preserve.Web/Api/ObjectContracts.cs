using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Rights;

namespace Preserve.Web.Api;

/// <summary>A preserved object as everybody may see it. <c>WithdrawnAt</c> is for curators: others get 410 then.</summary>
public sealed record ObjectDetail(
    string Id, string Title, string Date, IReadOnlyList<string> Creators, string Description, string Rights, IReadOnlyList<MediumDetail> Media,
    DateTimeOffset? WithdrawnAt, IReadOnlyList<RightsDetail> RightsStatements, IReadOnlyList<IdentifierDetail> Identifiers)
{
    public static ObjectDetail Of(PreservedObject one, IEnumerable<RightsStatement> rights, IEnumerable<NamedIdentifier> identifiers) => new(
        one.Id, one.Title, one.Date, one.Creators, one.Description, one.Rights,
        [.. one.Media.OrderBy(medium => medium.Order).ThenBy(medium => medium.Id).Select(MediumDetail.Of)],
        one.WithdrawnAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        [.. rights.Select(RightsDetail.Of)], [.. identifiers.Select(IdentifierDetail.Of)]);
}

/// <summary>One carrier of an object.</summary>
public sealed record MediumDetail(string Name, string Kind, int Order, string Label, IReadOnlyList<RepresentationDetail> Representations)
{
    public static MediumDetail Of(Medium medium) => new(medium.Name, medium.Kind, medium.Order, medium.Label, [.. medium.Representations
        .Select(representation => new RepresentationDetail(representation.Format, representation.IsAccessCopy,
            [.. representation.Files.OrderBy(file => file.Order).Select(FileDetail.Of)]))]);
}

/// <summary>One way in which a medium is kept.</summary>
public sealed record RepresentationDetail(string Format, bool IsAccessCopy, IReadOnlyList<FileDetail> Files);

/// <summary>One stored file: what it is, as far as it was told.</summary>
/// <param name="Name">As it came in.</param>
/// <param name="LengthInBytes">Of the file.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Identifications">Formats, best first; empty before it was examined and where none is known.</param>
/// <param name="Volumes">File systems on it.</param>
public sealed record FileDetail(
    string Name, long LengthInBytes, string Sha256, IReadOnlyList<IdentificationDetail> Identifications, IReadOnlyList<VolumeDetail> Volumes)
{
    public static FileDetail Of(StoredFile file) => new(
        file.Name, file.LengthInBytes, file.Sha256,
        [.. file.Identifications.OrderBy(identification => identification.Id).Select(identification => new IdentificationDetail(
            identification.Puid.Length == 0 ? null : identification.Puid, identification.FormatName, identification.FormatVersion,
            identification.MimeType, identification.Method, identification.Tool, identification.SignatureVersion))],
        [.. (CharacterisationDocument.Read(file.Characterisation)?.Volumes ?? [])
            .Select(volume => new VolumeDetail(volume.FileSystem, volume.Label, volume.OffsetInBytes))]);
}

/// <summary>What a tool said a file is.</summary>
/// <param name="Puid">PRONOM unique identifier; null where PRONOM has none.</param>
/// <param name="Name">Of the format.</param>
/// <param name="Version">Of the format; empty where it has none.</param>
/// <param name="MimeType">Empty where none is known.</param>
/// <param name="Method">container, signature, length or extension.</param>
/// <param name="Tool">Who said so.</param>
/// <param name="SignatureVersion">By which signatures.</param>
public sealed record IdentificationDetail(
    string? Puid, string Name, string Version, string MimeType, string Method, string Tool, string SignatureVersion);

/// <summary>A file system on a medium.</summary>
public sealed record VolumeDetail(string FileSystem, string Label, long OffsetInBytes);

/// <summary>A preserved object in a list.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Date">As the curator wrote it.</param>
/// <param name="Creators">Who made it.</param>
/// <param name="Media">How many it has.</param>
/// <param name="Exhibits">Slugs of its exhibits that are open to whoever asks.</param>
/// <param name="WithdrawnAt">For curators; null while it is in use.</param>
public sealed record ObjectSummary(
    string Id, string Title, string Date, IReadOnlyList<string> Creators, int Media, IReadOnlyList<string> Exhibits, DateTimeOffset? WithdrawnAt);
