namespace Preserve.Catalog.Accounts;

/// <summary>What accounts may do. A fixed set; an account has any number of them, and a visitor has none.</summary>
public static class Roles
{
    /// <summary>Uses what is open to researchers.</summary>
    public const string Researcher = "researcher";

    /// <summary>Brings in, describes and publishes.</summary>
    public const string Curator = "curator";

    /// <summary>Manages accounts, jobs and the audit trail. Not a curator unless that role is given as well.</summary>
    public const string Administrator = "administrator";

    /// <summary>Lowest first.</summary>
    public static readonly IReadOnlyList<string> All = [Researcher, Curator, Administrator];

    /// <summary>The one that says most about somebody who has these; empty for none.</summary>
    public static string Highest(IEnumerable<string> roles) => All.LastOrDefault(roles.Contains) ?? "";
}
