using System.Linq.Expressions;
using Preserve.Catalog.Exhibits;

namespace Preserve.Web.Access;

/// <summary>
/// The one decision about who may see or use an exhibit and everything derived from it: page, poster, session, screen.
/// Today there is one audience, the public, and one rule: published, and with a stated rights basis.
/// </summary>
public static class AccessPolicy
{
    /// <summary>Exhibits that are open to everybody, in a form that queries can carry to the database.</summary>
    public static Expression<Func<Exhibit, bool>> IsOpen { get; } =
        exhibit => exhibit.IsPublished && exhibit.RightsBasis != null && exhibit.RightsBasis != "";
}
