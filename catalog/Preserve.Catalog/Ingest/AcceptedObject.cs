using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Ingest;

/// <summary>The rows of an accepted object.</summary>
internal static class AcceptedObject
{
    public static PreservedObject Create(AcceptanceRequest request, IReadOnlyDictionary<Guid, Upload> uploads, long now)
    {
        var made = new PreservedObject
        {
            Id = request.ObjectId,
            Title = request.Title.Trim(),
            Date = request.Date.Trim(),
            Creators = [.. request.Creators],
            Description = request.Description,
            Rights = request.Rights.Trim(),
            Source = request.Source.Trim(),
            CreatedAt = now,
        };
        made.Media.AddRange(request.Media.Select((medium, index) => Create(request, medium, index + 1, uploads)));
        return made;
    }

    private static Medium Create(AcceptanceRequest request, AcceptanceMedium medium, int order, IReadOnlyDictionary<Guid, Upload> uploads)
    {
        var files = medium.Files.Select(id => uploads[id]).ToList();
        var made = new Medium { ObjectId = request.ObjectId, Name = medium.Name, Kind = medium.Kind, Order = order, Label = medium.Label };
        var form = new Representation { Format = medium.Format, IsAccessCopy = AcceptanceWords.IsBootable(medium) };
        form.Files.AddRange(files.Select((file, index) => Create(file, index + 1, request.Outside)));
        made.Representations.Add(form);

        // What a file came out of is the artifact as it was received: kept beside it, as another form of the same carrier.
        var packages = request.Outside is { IsPackageTransport: true } ? [] : files;
        foreach (var package in packages.Select(file => file.UnpackedFromId).OfType<Guid>().Distinct().Select(id => uploads[id]))
        {
            var packed = new Representation { Format = AcceptanceWords.PackedFormat(package.Name) ?? "other", IsAccessCopy = false };
            packed.Files.Add(Create(package, 1, null));
            made.Representations.Add(packed);
        }

        return made;
    }

    private static StoredFile Create(Upload upload, int order, OutsideFacts? outside)
    {
        var file = new StoredFile
        {
            Name = upload.Name, Order = order, LengthInBytes = upload.LengthInBytes, Sha256 = upload.Sha256!,
            OriginalName = outside?.OriginalNames.GetValueOrDefault(upload.Id) ?? "",
        };
        file.Identifications.AddRange(outside?.Identifications.GetValueOrDefault(upload.Id) ?? []);
        return file;
    }
}
