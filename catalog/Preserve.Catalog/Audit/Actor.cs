using Preserve.Catalog.Accounts;

namespace Preserve.Catalog.Audit;

/// <summary>Who does something.</summary>
/// <param name="AccountId">Stable id of the account; null for the command line and the service itself.</param>
/// <param name="Name">Shown inside the house only.</param>
/// <param name="Shown">Shown outside: pseudonym or role, never a person's name.</param>
public sealed record Actor(Guid? AccountId, string Name, string Shown)
{
    /// <summary>Whoever can run verbs on the host.</summary>
    public static readonly Actor CommandLine = new(null, "command line", "command line");

    /// <summary>Nobody in particular: the service keeps its own house.</summary>
    public static readonly Actor Service = new(null, "service", "service");

    public static Actor Of(Account account, IEnumerable<string> roles) =>
        new(account.Id, account.UserName!, account.Pseudonym.Length > 0 ? account.Pseudonym : Roles.Highest(roles) is { Length: > 0 } role ? role : "account");
}
