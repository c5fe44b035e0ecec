using Preserve.Web.Accounts;
using Preserve.Web.Api;
using Preserve.Web.Health;
using Preserve.Web.Ingest;
using Preserve.Web.NightWatching;
using Preserve.Web.Oai;
using Preserve.Web.Posters;
using Preserve.Web.Research;
using Preserve.Web.Security;
using Preserve.Web.Staff;
using Preserve.Workers.Hosting;

namespace Preserve.Web.Hosting;

/// <summary>The order in which a request meets its parts.</summary>
/// <remarks>
/// forwarded headers -> security headers -> errors as page or problem -> HSTS -> foreign origins -> files -> routing ->
/// rate limit -> who is asking -> what they may -> endpoint.
/// </remarks>
public static class PipelineSetup
{
    public static void Use(WebApplication app, WebOptions options, OpenIdOptions openId, bool isWorkerOnly)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        UseErrors(app);
        app.UseHsts();
        app.UseMiddleware<ForeignOriginGuard>(options);
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => Cache(file.Context) });
        app.Use(AnswerHeadAsGet);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        MapEndpoints(app, openId, isWorkerOnly);
    }

    private static void MapEndpoints(WebApplication app, OpenIdOptions openId, bool isWorkerOnly)
    {
        HealthEndpoint.Map(app);
        app.MapPreserveWorkers();
        if (isWorkerOnly)
        {
            return;
        }

        app.MapOpenApi("/openapi/v1.json");
        ExhibitsApi.Map(app);
        RulesApi.Map(app);
        InputApi.Map(app);
        ObjectsApi.Map(app);
        SoftwareApi.Map(app);
        NamingApi.Map(app);
        ResearchApi.Map(app);
        ProofsApi.Map(app);
        EnvironmentsApi.Map(app);
        WithdrawalsApi.Map(app);
        DraftsApi.Map(app);
        SessionsApi.Map(app);
        PrinterApi.Map(app);
        LinksApi.Map(app);
        WatchApi.Map(app);
        PosterEndpoint.Map(app);
        OaiEndpoint.Map(app);
        TusEndpoint.Map(app);
        BagsApi.Map(app);
        ScansApi.Map(app);
        RegressionApi.Map(app);
        AccountEndpoints.Map(app, openId);
        StaffHosting.Map(app);
        PageDocuments.Map(app);
    }

    /// <summary>Endpoints know GET only; the server leaves the body of an answer to HEAD away by itself.</summary>
    private static Task AnswerHeadAsGet(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
            context.Response.Body = Stream.Null;
        }

        return next(context);
    }

    /// <summary>People get a page, programs a problem document.</summary>
    private static void UseErrors(WebApplication app)
    {
        app.UseWhen(context => IsForPrograms(context.Request.Path), branch =>
        {
            branch.UseExceptionHandler();
            branch.UseStatusCodePages();
        });
        app.UseWhen(context => !IsForPrograms(context.Request.Path), branch =>
        {
            branch.UseExceptionHandler("/error", createScopeForErrors: true);
            branch.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        });
    }

    private static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/hub") || path.StartsWithSegments("/openapi")
        || path.StartsWithSegments("/healthz") || path.StartsWithSegments(PageDocuments.ConnectionPath);

    /// <summary>A file whose address carries its version never changes; any other is asked for again, and usually found unchanged.</summary>
    private static void Cache(HttpContext context) => context.Response.Headers.CacheControl =
        context.Request.Query.ContainsKey("v") || context.Request.Path.StartsWithSegments("/fonts")
            ? "public, max-age=31536000, immutable"
            : "no-cache";
}
