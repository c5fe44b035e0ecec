using Preserve.Catalog;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Objects;

namespace Preserve.Web.Tests.Running;

/// <summary>Rows for the gallery: one object on one floppy, its machine and its exhibit.</summary>
public static class Works
{
    public static Exhibit Hang(
        this CatalogContext catalog, string slug, string title = "An echo", string date = "1987", string words = "Says what you type.",
        bool isPublished = true, string? poster = null)
    {
        // The service has brought its profiles into the catalog when it started.
        var profile = catalog.Profiles.Single(installed => installed.Id == "pc-classic");
        catalog.Objects.Add(new PreservedObject
        {
            Id = slug, Title = title, Date = date, Creators = [title], Description = words, Rights = title, Source = title, CreatedAt = 1,
            Media = { Floppy(slug, title) },
        });
        catalog.SaveChanges();
        catalog.Environments.Add(new PreservedEnvironment
        {
            Id = slug, ObjectId = slug, Title = title, ProfileId = profile.Id, ProfileVersion = profile.Version, MemoryMiB = 16, Boot = "floppy", Sound = title,
            PosterState = poster is null ? PosterState.Due : PosterState.Made, PosterSha256 = poster, PosterWidth = 720, PosterHeight = 400,
            Drives = { new EnvironmentDrive { EnvironmentId = slug, Bay = "floppy0", MediumId = catalog.Media.Single(medium => medium.ObjectId == slug).Id } },
        });
        var exhibit = new Exhibit
        {
            Slug = slug, Title = title, ObjectId = slug, LabelText = words, TryThis = [title], RightsBasis = "MIT", IsPublished = isPublished, CreatedAt = 1,
            TimeLimitInSeconds = 900, Environments = { new ExhibitEnvironment { EnvironmentId = slug } },
        };
        return catalog.Exhibits.Add(exhibit).Entity;
    }

    private static Medium Floppy(string slug, string label) => new()
    {
        ObjectId = slug, Name = "disk.img", Kind = "floppy-1440K", Label = label,
        Representations =
        {
            new Representation
            {
                Format = "raw",
                Files = { new StoredFile { Name = "disk.img", LengthInBytes = 1474560, Sha256 = new string('a', 64) } },
            },
        },
    };
}
