namespace Preserve.Web.Access;

/// <summary>Whoever asks, as far as access rules look at them. <see cref="ViewerReader"/> tells who that is.</summary>
/// <param name="IsSignedIn">With an account, by page or by API token.</param>
/// <param name="Roles">None for visitors.</param>
/// <param name="Groups">Ids of the groups that the account is in.</param>
/// <param name="Rooms">Ids of the reading rooms that the request comes from.</param>
/// <param name="Now">UTC milliseconds.</param>
public sealed record Viewer(
    bool IsSignedIn, IReadOnlyList<string> Roles, IReadOnlyList<string> Groups, IReadOnlyList<string> Rooms, long Now)
{
    public bool IsCurator => Roles.Contains(Catalog.Accounts.Roles.Curator);

    public bool IsResearcher => Roles.Contains(Catalog.Accounts.Roles.Researcher);
}
