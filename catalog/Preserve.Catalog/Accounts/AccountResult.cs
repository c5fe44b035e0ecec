namespace Preserve.Catalog.Accounts;

/// <summary>How an act on an account went: done, or the reasons why not, in words for a person.</summary>
/// <param name="Problems">Empty when it was done.</param>
public sealed record AccountResult(IReadOnlyList<string> Problems)
{
    public static readonly AccountResult Done = new([]);

    public static readonly AccountResult NoSuchAccount = Refused("There is no such account.");

    public static readonly AccountResult LastAdministrator =
        Refused("This is the last administrator. Give another account that role first.");

    public static readonly AccountResult LinkUsed = Refused("This link has been used, replaced or is too old.");

    public bool IsDone => Problems.Count == 0;

    public static AccountResult Refused(string problem) => new([problem]);
}
