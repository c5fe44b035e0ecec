using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Preserve.Catalog.Access;
using Preserve.Catalog.Exhibits;

namespace Preserve.Web.Access;

/// <summary>
/// The one decision about who may see or use an exhibit and everything derived from it: page, list, poster, session, screen, text, link,
/// ticket, harvest. Whatever rule comes next becomes part of this expression and of nothing else.
/// </summary>
/// <remarks>
/// 1. Nothing is open that is not published with a stated rights basis, whose embargo has not ended, or that contains a withdrawn object.
/// 2. What is open to the public is open to all; else the viewer's account decides. Curators are let in wherever researchers and groups are.
/// 3. Where the rule names reading rooms, these are a second condition, which holds for curators too, or another way in.
/// </remarks>
public static class AccessDecision
{
    /// <summary>Exhibits that are open to this viewer, in a form that queries can carry to the database.</summary>
    public static Expression<Func<Exhibit, bool>> OpenTo(Viewer viewer) => Decide(viewer, isWithdrawn: false);

    /// <summary>Exhibits that would be open to this viewer, had nothing in them been withdrawn: a tombstone is shown to whom the work was.</summary>
    public static Expression<Func<Exhibit, bool>> WithdrawnFrom(Viewer viewer) => Decide(viewer, isWithdrawn: true);

    /// <summary>Exhibits whose rule (audience, rooms, embargo) lets this viewer in, be they published or not.</summary>
    public static Expression<Func<Exhibit, bool>> RuleLetsIn(Viewer viewer)
    {
        var (isSignedIn, isResearcher, isCurator) = (viewer.IsSignedIn, viewer.IsResearcher || viewer.IsCurator, viewer.IsCurator);
        var (groups, rooms, now) = (viewer.Groups, viewer.Rooms, viewer.Now);
        return exhibit => (exhibit.EmbargoUntil == null || exhibit.EmbargoUntil <= now)
            && (exhibit.RoomRule != RoomRule.OnlyInRooms || exhibit.Rooms.Any(room => rooms.Contains(room.RoomId)))
            && (exhibit.Audience == Audience.Public
                || (exhibit.Audience == Audience.SignedIn && isSignedIn)
                || (exhibit.Audience == Audience.Researchers && isResearcher)
                || (exhibit.Audience == Audience.Curators && isCurator)
                || (exhibit.Audience == Audience.Groups && (isCurator || exhibit.Groups.Any(group => groups.Contains(group.GroupId))))
                || (exhibit.RoomRule == RoomRule.AlsoInRooms && exhibit.Rooms.Any(room => rooms.Contains(room.RoomId))));
    }

    private static Expression<Func<Exhibit, bool>> Decide(Viewer viewer, bool isWithdrawn)
    {
        Expression<Func<Exhibit, bool>> isShown = exhibit => exhibit.IsPublished && exhibit.RightsBasis != null && exhibit.RightsBasis != ""
            && (exhibit.Object!.WithdrawnAt != null || exhibit.Environments.Any(link => link.Environment!.WithdrawnWith != null)) == isWithdrawn;
        var rule = RuleLetsIn(viewer);
        var letsIn = ReplacingExpressionVisitor.Replace(rule.Parameters[0], isShown.Parameters[0], rule.Body);
        return Expression.Lambda<Func<Exhibit, bool>>(Expression.AndAlso(isShown.Body, letsIn), isShown.Parameters);
    }
}
