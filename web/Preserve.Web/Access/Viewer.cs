using System.Security.Claims;

namespace Preserve.Web.Access;

/// <summary>Whoever asks, as far as access rules look at them.</summary>
/// <param name="IsSignedIn">With an account, by page or by API token.</param>
/// <param name="Roles">None for visitors.</param>
public sealed record Viewer(bool IsSignedIn, IReadOnlyList<string> Roles)
{
    public static readonly Viewer Visitor = new(false, []);

    public bool IsCurator => Roles.Contains(Catalog.Accounts.Roles.Curator);

    public bool IsResearcher => Roles.Contains(Catalog.Accounts.Roles.Researcher);

    public static Viewer Of(ClaimsPrincipal person) => person.Identity?.IsAuthenticated == true
        ? new Viewer(true, [.. Catalog.Accounts.Roles.All.Where(person.IsInRole)])
        : Visitor;
}
