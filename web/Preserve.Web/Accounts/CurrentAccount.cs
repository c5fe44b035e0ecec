using System.Security.Claims;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;

namespace Preserve.Web.Accounts;

/// <summary>Reads who is signed in out of a principal that a scheme of ours has made.</summary>
public static class CurrentAccount
{
    /// <summary>Null for a visitor.</summary>
    public static Guid? IdOf(ClaimsPrincipal person) =>
        person.Identity?.IsAuthenticated == true && Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>Lowest first; none for a visitor.</summary>
    public static IReadOnlyList<string> RolesOf(ClaimsPrincipal person) => [.. Roles.All.Where(person.IsInRole)];

    /// <summary>For records. Only for people that are signed in.</summary>
    public static Actor ActorOf(ClaimsPrincipal person) =>
        new(IdOf(person), person.Identity?.Name ?? "", Roles.Highest(RolesOf(person)) is { Length: > 0 } role ? role : "account");

    /// <summary>A path of this site to go on to; anything else becomes the overview.</summary>
    public static string SafeReturn(string? path) =>
        path is { Length: > 0 and <= 1000 } && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal)
            && !path.Any(char.IsControl)
                ? path
                : "/account";
}
