using Microsoft.AspNetCore.Authorization;
using Preserve.Catalog.Accounts;

namespace Preserve.Web.Accounts;

/// <summary>Who may come in where. Pages and endpoints name these; roles are named nowhere else.</summary>
public static class Policies
{
    /// <summary>Any account, signed in on a page.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Runs objects without an exhibit, as far as these are open to them.</summary>
    public const string Research = "research";

    /// <summary>Brings in, describes, publishes: <c>/curate</c> and the API behind it.</summary>
    public const string Curate = "curate";

    /// <summary>Accounts, jobs, audit: <c>/admin</c>.</summary>
    public const string Administer = "administer";

    public static void Configure(AuthorizationOptions options)
    {
        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        options.AddPolicy(Research, policy => policy.RequireRole(Roles.Researcher, Roles.Curator));
        options.AddPolicy(Curate, policy => policy.RequireRole(Roles.Curator));
        options.AddPolicy(Administer, policy => policy.RequireRole(Roles.Administrator));
    }
}
