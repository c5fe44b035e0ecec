using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Access;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Search;
using Preserve.Web.Access;
using Preserve.Web.Searching;

namespace Preserve.Web.Exhibits;

/// <summary>Reads open exhibits for pages and API. What <see cref="AccessDecision"/> does not open to the viewer is not there.</summary>
public sealed class ExhibitReader(IDbContextFactory<CatalogContext> contexts, CatalogSearch search)
{
    /// <summary>Exhibits that are open to the viewer, a page of them; oldest first where nothing is searched for, the undated last.</summary>
    public async Task<FoundExhibits> ListAsync(SearchAddress asked, Viewer viewer, CancellationToken cancellationToken)
    {
        var page = await search.FindAsync(asked.ToRequest(SearchSubject.Exhibits, AccessDecision.OpenTo(viewer), SearchOrder.Year), cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var names = page.Names;
        // The decision once more: what was closed meanwhile is not shown, though it was counted.
        var exhibits = (await Open(context, viewer).Where(exhibit => names.Contains(exhibit.Slug)).ToListAsync(cancellationToken))
            .ToDictionary(exhibit => exhibit.Slug, StringComparer.Ordinal);
        return new FoundExhibits([.. names.Where(exhibits.ContainsKey).Select(name => View(exhibits[name]))], page);
    }

    /// <summary>Null when there is none by that name that is open to the viewer.</summary>
    public async Task<ExhibitView?> FindAsync(string slug, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var exhibit = await Open(context, viewer).SingleOrDefaultAsync(exhibit => exhibit.Slug == slug, cancellationToken);
        if (exhibit is null)
        {
            return null;
        }

        var view = View(exhibit);
        return view with
        {
            IsDamaged = (await context.FindDamagedEnvironmentsAsync(view.EnvironmentIds, cancellationToken)).Count > 0,
            WhoMayUseIt = await WordsAsync(context, view.Rule, cancellationToken),
        };
    }

    /// <summary>What is left of an exhibit that was open to the viewer until something in it was withdrawn; null when there is no such.</summary>
    public async Task<Tombstone?> FindTombstoneAsync(string slug, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var exhibit = await context.Exhibits.AsNoTracking().Where(AccessDecision.WithdrawnFrom(viewer)).Where(exhibit => exhibit.Slug == slug)
            .Select(exhibit => new
            {
                exhibit.Title,
                ObjectId = exhibit.Object!.WithdrawnAt != null
                    ? exhibit.ObjectId
                    : exhibit.Environments.Where(link => link.Environment!.WithdrawnWith != null).Select(link => link.Environment!.WithdrawnWith).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (exhibit is null)
        {
            return null;
        }

        var withdrawn = await context.Objects.AsNoTracking().SingleAsync(one => one.Id == exhibit.ObjectId, cancellationToken);
        return Tombstone.Of(exhibit.Title, withdrawn);
    }

    /// <summary>When the stored bytes of an object last agreed with their digests; null when they were never checked or last did not.</summary>
    public async Task<DateTimeOffset?> LastVerifiedAsync(string objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var latest = await context.Events.AsNoTracking()
            .Where(happening => happening.ObjectId == objectId && happening.Type == "fixity check")
            .OrderByDescending(happening => happening.OccurredAt)
            .Select(happening => new { happening.OccurredAt, happening.Outcome })
            .FirstOrDefaultAsync(cancellationToken);
        return latest is { Outcome: "success" } ? DateTimeOffset.FromUnixTimeMilliseconds(latest.OccurredAt) : null;
    }

    private static async Task<string> WordsAsync(CatalogContext context, AccessRule rule, CancellationToken cancellationToken)
    {
        var (groups, rooms) = (rule.Groups, rule.Rooms);
        var groupTitles = groups.Count == 0 ? [] : await context.AccessGroups.Where(one => groups.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Title, cancellationToken);
        var roomTitles = rooms.Count == 0 ? [] : await context.ReadingRooms.Where(one => rooms.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Title, cancellationToken);
        return AccessWords.Of(rule, id => groupTitles.GetValueOrDefault(id, id), id => roomTitles.GetValueOrDefault(id, id));
    }

    private static IQueryable<Exhibit> Open(CatalogContext context, Viewer viewer) => context.Exhibits.AsNoTracking().AsSplitQuery()
        .Where(AccessDecision.OpenTo(viewer))
        .Include(exhibit => exhibit.Object!.Media).ThenInclude(medium => medium.Representations).ThenInclude(form => form.Files)
        .Include(exhibit => exhibit.Groups)
        .Include(exhibit => exhibit.Rooms)
        .Include(exhibit => exhibit.Environments).ThenInclude(link => link.Environment!.Profile)
        .Include(exhibit => exhibit.Environments).ThenInclude(link => link.Environment!.Drives);

    private static ExhibitView View(Exhibit exhibit)
    {
        var environments = exhibit.Environments.OrderBy(link => link.Order).Select(link => link.Environment!).ToList();
        var media = MediaOf(exhibit.Object!, environments);
        return new ExhibitView
        {
            Slug = exhibit.Slug,
            Title = exhibit.Title,
            Creators = exhibit.Object!.Creators,
            Date = exhibit.Object.Date,
            Medium = MediumWords.Describe(media),
            Family = media.Count > 0 ? MediumWords.FamilyOf(media[0].Kind) : MediumFamily.Chip,
            MediumLabel = media.Count > 0 ? media[0].Label : "",
            Machines = [.. environments.Select(environment => environment.Profile?.Title ?? environment.ProfileId)],
            MemoryMiB = environments.Count > 0 ? environments[0].MemoryMiB : 0,
            LabelText = exhibit.LabelText,
            TryThis = exhibit.TryThis,
            Rights = exhibit.Object.Rights,
            Source = exhibit.Object.Source,
            Sound = environments.Count > 0 ? environments[0].Sound : "",
            TimeLimit = TimeSpan.FromSeconds(exhibit.TimeLimitInSeconds),
            Flashes = exhibit.Flashes,
            Rule = AccessRule.Of(exhibit),
            Poster = environments.Select(PosterOf).FirstOrDefault(poster => poster is not null),
            EnvironmentIds = [.. environments.Select(environment => environment.Id)],
            ObjectId = exhibit.ObjectId,
        };
    }

    /// <summary>What is in the machines' bays, with the other disks of the same sets: a floppy in the drive stands for all floppies.</summary>
    private static List<Medium> MediaOf(PreservedObject preserved, List<PreservedEnvironment> environments)
    {
        var inserted = environments.SelectMany(environment => environment.Drives).Select(drive => drive.MediumId).ToHashSet();
        var kinds = preserved.Media.Where(medium => inserted.Contains(medium.Id)).Select(medium => medium.Kind).ToHashSet();
        return [.. preserved.Media.Where(medium => kinds.Contains(medium.Kind)).OrderBy(medium => medium.Order).ThenBy(medium => medium.Id)];
    }

    private static PosterView? PosterOf(PreservedEnvironment environment) =>
        environment is { PosterState: PosterState.Made, PosterSha256: { } digest, PosterWidth: > 0 and var width, PosterHeight: > 0 and var height }
            ? PosterView.Hang(digest, width, height, PixelAspects.Of(environment.Profile?.Document, width, height))
            : null;
}
