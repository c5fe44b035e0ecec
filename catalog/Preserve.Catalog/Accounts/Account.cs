using Microsoft.AspNetCore.Identity;

namespace Preserve.Catalog.Accounts;

/// <summary>A person who can sign in. Visitors have none.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>What is shown of this person outside the house, such as "Curator of games"; empty for the role alone.</summary>
    public string Pseudonym { get; set; } = "";

    /// <summary>False once an administrator has closed it: nobody signs in, no API token works. Its id stays, for the record.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>UTC milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>UTC milliseconds; null when nobody has signed in yet.</summary>
    public long? LastSignInAt { get; set; }
}

/// <summary>One of <see cref="Roles"/>.</summary>
public sealed class AccountRole : IdentityRole<Guid>;
