using Hangfire.Dashboard;
using Microsoft.AspNetCore.Authorization;
using Preserve.Web.Accounts;

namespace Preserve.Web.Admin;

/// <summary>Hangfire's own door, beside the endpoint's policy: its dashboard can run and delete jobs, and opens itself to loopback when nobody says otherwise.</summary>
public sealed class JobsGate : IDashboardAsyncAuthorizationFilter
{
    public async Task<bool> AuthorizeAsync(DashboardContext context)
    {
        var http = context.GetHttpContext();
        var authorization = http.RequestServices.GetRequiredService<IAuthorizationService>();
        return (await authorization.AuthorizeAsync(http.User, Policies.Administer)).Succeeded;
    }
}
