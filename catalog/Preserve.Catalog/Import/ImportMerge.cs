using Preserve.Catalog.Environments;
using Preserve.Catalog.Events;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Import;

/// <summary>
/// Brings the rows of one context in line with a manifest, without saving. An object whose entry is the same as when it was last
/// imported is left alone; a changed one gets new descriptions, media and environments; no stored byte is ever replaced.
/// </summary>
internal sealed class ImportMerge(CatalogContext context, ImportPlan plan, ProblemList problems)
{
    private int _objectsAdded;
    private int _objectsUpdated;
    private int _objectsUnchanged;
    private int _mediaAdded;
    private int _environmentsAdded;
    private int _exhibitsAdded;

    /// <summary>Ids of objects that were added or changed.</summary>
    public IReadOnlyList<string> Changed { get; private set; } = [];

    public async Task<ImportResult> ApplyAsync(CancellationToken cancellationToken)
    {
        var known = await KnownRows.LoadAsync(context, plan.Manifest, cancellationToken);
        var changed = plan.Manifest.Objects.Where(one => known.Objects.GetValueOrDefault(one.Id)?.ManifestSha256 != one.ManifestSha256).ToList();
        Changed = [.. changed.Select(one => one.Id)];
        _objectsUnchanged = plan.Manifest.Objects.Count - changed.Count;
        foreach (var one in changed)
        {
            Apply(known, one);
        }

        return new ImportResult
        {
            Problems = problems.Texts,
            ObjectsAdded = _objectsAdded,
            ObjectsUpdated = _objectsUpdated,
            ObjectsUnchanged = _objectsUnchanged,
            MediaAdded = _mediaAdded,
            EnvironmentsAdded = _environmentsAdded,
            ExhibitsAdded = _exhibitsAdded,
        };
    }

    private void Apply(KnownRows known, ArchiveObject one)
    {
        var isNew = !known.Objects.TryGetValue(one.Id, out var row);
        row ??= context.Objects.Add(new PreservedObject { Id = one.Id, Title = one.Title, CreatedAt = plan.Now }).Entity;
        (_objectsAdded, _objectsUpdated) = isNew ? (_objectsAdded + 1, _objectsUpdated) : (_objectsAdded, _objectsUpdated + 1);
        Describe(row, one);
        Record(one, isNew ? "ingestion" : "metadata modification", $"from {ManifestReader.Format}; source: {one.Source}");
        foreach (var medium in one.Media)
        {
            ApplyMedium(row, one, medium);
        }

        foreach (var environment in one.Environments)
        {
            var profile = plan.Profiles[environment.Id];
            var title = EnvironmentTitles.Of(one, environment, plan.Profiles);
            if (ApplyEnvironment(known, row, environment, profile, title))
            {
                ApplyExhibit(known, one, environment, title);
            }
        }
    }

    private static void Describe(PreservedObject row, ArchiveObject one)
    {
        row.Title = one.Title;
        row.Date = one.Date;
        row.Creators = [.. one.Creators];
        row.Description = one.Description;
        row.Rights = one.Rights;
        row.Source = one.Source;
        row.ManifestSha256 = one.ManifestSha256;
    }

    private void ApplyMedium(PreservedObject row, ArchiveObject one, ArchiveMedium medium)
    {
        var known = row.Media.Find(other => other.Name == medium.Name);
        if (known is null)
        {
            row.Media.Add(Create(one.Id, medium));
            _mediaAdded++;
            RecordMedium(one, medium);
            return;
        }

        // Any representation will do: the file may have been kept in another form as well since.
        if (!known.Representations.SelectMany(representation => representation.Files).Any(file => file.Sha256 == medium.Sha256))
        {
            problems.Add(medium.Entry, "the catalog has a medium of this name with other bytes, which are never replaced; give this one another name");
            return;
        }

        known.Kind = medium.Kind;
        known.Order = medium.Order;
        known.Label = medium.Label;
    }

    private static Medium Create(string objectId, ArchiveMedium medium)
    {
        var representation = new Representation { Format = medium.Format };
        representation.Files.Add(new StoredFile { Name = medium.Name, LengthInBytes = medium.LengthInBytes, Sha256 = medium.Sha256 });
        var row = new Medium { ObjectId = objectId, Name = medium.Name, Kind = medium.Kind, Order = medium.Order, Label = medium.Label };
        row.Representations.Add(representation);
        return row;
    }

    private void RecordMedium(ArchiveObject one, ArchiveMedium medium)
    {
        if (medium.IsPacked)
        {
            Record(one, "decompression", $"{medium.File} to {medium.Name}, which is the artifact");
        }

        Record(one, "message digest calculation", $"{medium.Name}: SHA-256 {medium.Sha256}, {medium.LengthInBytes} bytes");
        Record(one, "fixity check", $"{medium.Name}: as the manifest says");
    }

    private void Record(ArchiveObject one, string type, string detail) => context.Events.Add(new PreservationEvent
    {
        Type = type,
        ObjectId = one.Id,
        OccurredAt = plan.Now,
        Agent = plan.Agent,
        Outcome = "success",
        Detail = detail,
    });

    private bool ApplyEnvironment(
        KnownRows known, PreservedObject owner, ArchiveEnvironment environment, CatalogProfile profile, string title)
    {
        if (!known.Environments.TryGetValue(environment.Id, out var row))
        {
            row = context.Environments.Add(EnvironmentMerge.Create(owner, environment, profile, title)).Entity;
            _environmentsAdded++;
        }
        else if (row.ObjectId != owner.Id)
        {
            problems.Add(environment.Entry, $"the catalog has an environment with this id, of the object \"{row.ObjectId}\"");
            return false;
        }

        EnvironmentMerge.Update(row, owner, environment, profile, title);
        return true;
    }

    private void ApplyExhibit(KnownRows known, ArchiveObject one, ArchiveEnvironment environment, string title)
    {
        if (!known.Exhibits.TryGetValue(environment.Id, out var row))
        {
            row = new Exhibit { Slug = environment.Id, Title = title, ObjectId = one.Id, CreatedAt = plan.Now };
            row.Environments.Add(new ExhibitEnvironment { EnvironmentId = environment.Id });
            context.Exhibits.Add(row);
            _exhibitsAdded++;
        }
        else if (row.ObjectId != one.Id)
        {
            problems.Add(environment.Entry, $"the catalog has an exhibit at this address, of the object \"{row.ObjectId}\"");
            return;
        }

        row.Title = title;
        row.LabelText = one.LabelText;
        row.TryThis = [.. environment.TryThis];
        row.Flashes = environment.Flashes;

        // Newly stated rights publish; rights taken back unpublish; what a curator decided in between stays.
        row.IsPublished = one.Rights.Length > 0 && (row.IsPublished || row.RightsBasis is null);
        row.RightsBasis = one.Rights.Length > 0 ? one.Rights : null;
    }
}
