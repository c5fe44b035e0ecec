using Hangfire;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor.Services;
using Preserve.Web.Accounts;
using Preserve.Web.Admin;
using Preserve.Web.Curate;

namespace Preserve.Web.Staff;

/// <summary>What the pages under <c>/curate</c> and <c>/admin</c> need beside the pages themselves.</summary>
public static class StaffHosting
{
    public static void AddPreserveStaff(this IServiceCollection services)
    {
        services.AddMudServices();
        services.AddScoped<AuthenticationStateProvider, StaffAuthenticationState>();
        services.AddScoped<StaffGate>();
        services.AddSingleton<CollectionReader>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        AuditExport.Map(routes);
        routes.MapHangfireDashboardWithAuthorizationPolicy(Policies.Administer, "/admin/jobs", new DashboardOptions
        {
            AppPath = "/admin",
            DashboardTitle = "Jobs",
            DisplayStorageConnectionString = false,
            AsyncAuthorization = [new JobsGate()],
        });
    }
}
