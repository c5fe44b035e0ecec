using System.Linq.Expressions;
using Preserve.Catalog.Exhibits;

namespace Preserve.Web.Access;

/// <summary>
/// The one decision about who may see or use an exhibit and everything derived from it: page, list, poster, session, screen. Whatever
/// rule comes next (a group, the addresses of a reading room, an embargo) becomes part of this expression and of nothing else.
/// </summary>
/// <remarks>
/// 1. Nothing is open that is not published with a stated rights basis.
/// 2. What is open to the public is open to all; else the viewer's account decides. Curators are let in wherever researchers are.
/// </remarks>
public static class AccessDecision
{
    /// <summary>Exhibits that are open to this viewer, in a form that queries can carry to the database.</summary>
    public static Expression<Func<Exhibit, bool>> OpenTo(Viewer viewer)
    {
        var (isSignedIn, isResearcher, isCurator) = (viewer.IsSignedIn, viewer.IsResearcher || viewer.IsCurator, viewer.IsCurator);
        return exhibit => exhibit.IsPublished && exhibit.RightsBasis != null && exhibit.RightsBasis != ""
            && (exhibit.Audience == Audience.Public
                || (exhibit.Audience == Audience.SignedIn && isSignedIn)
                || (exhibit.Audience == Audience.Researchers && isResearcher)
                || (exhibit.Audience == Audience.Curators && isCurator));
    }
}
