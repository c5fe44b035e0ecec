using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Suggestions;
using Preserve.Web.Access;

namespace Preserve.Web.Research;

/// <summary>A way in which an object can be used without an exhibit.</summary>
/// <param name="EnvironmentId">Where.</param>
/// <param name="Title">Of the environment.</param>
/// <param name="Machine">What it runs on.</param>
/// <param name="Attached">Bay to the object's medium in it; null for an environment that is the object's own.</param>
/// <param name="Reasons">Why, for an environment that is not its own.</param>
/// <param name="Places">What is attached, in words; empty for an environment that is its own.</param>
public sealed record ObjectWay(
    string EnvironmentId, string Title, string Machine, IReadOnlyDictionary<string, string>? Attached, IReadOnlyList<string> Reasons, string Places);

/// <summary>Finds the ways in which an object can be used: its own environments, then others that its content can be attached to.</summary>
public sealed class ObjectUses(IDbContextFactory<CatalogContext> contexts, ObjectSuggestions suggestions, ObjectDoor door)
{
    /// <summary>Longest session of an object without an exhibit.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromHours(2);

    /// <summary>Those that are open to a viewer; none where the object is not.</summary>
    public async Task<IReadOnlyList<ObjectWay>> ListAsync(string objectId, Viewer viewer, CancellationToken cancellationToken)
    {
        if (!await door.IsOpenAsync(objectId, viewer, cancellationToken))
        {
            return [];
        }

        var open = new List<ObjectWay>();
        foreach (var way in await AllAsync(objectId, cancellationToken))
        {
            if (await door.IsOpenAsync(objectId, way.EnvironmentId, viewer, cancellationToken))
            {
                open.Add(way);
            }
        }

        return open;
    }

    private async Task<List<ObjectWay>> AllAsync(string objectId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await context.Environments.AsNoTracking().Where(one => one.ObjectId == objectId && one.WithdrawnWith == null).Include(one => one.Profile)
            .OrderBy(one => one.Id).ToListAsync(cancellationToken);
        var suggested = await suggestions.OfObjectAsync(objectId, cancellationToken);
        var profiles = await context.Profiles.AsNoTracking().ToDictionaryAsync(one => (one.Id, one.Version), cancellationToken);
        return
        [
            .. own.Select(one => new ObjectWay(one.Id, one.Title, one.Profile!.Title, null, [], "")),
            .. suggested.Where(one => one.EnvironmentId is not null && own.TrueForAll(known => known.ParentId != one.EnvironmentId))
                .Select(one => new ObjectWay(one.EnvironmentId!, one.EnvironmentTitle, one.ProfileTitle, one.Drives, one.Reasons, Words(one, profiles[(one.ProfileId, one.ProfileVersion!.Value)]))),
        ];
    }

    private static string Words(Suggestion one, CatalogProfile profile) => string.Join(", ", one.Drives.OrderBy(drive => drive.Key, StringComparer.Ordinal)
        .Select(drive => $"{NameOf(drive.Value)} in {profile.BayTitle(drive.Key)}"));

    private static string NameOf(string medium) =>
        medium == CarrierPlan.NameOf(CarrierPlan.Floppy) ? "its files on a floppy disk" : medium == CarrierPlan.NameOf(CarrierPlan.Disc) ? "its files on a disc" : medium;
}
