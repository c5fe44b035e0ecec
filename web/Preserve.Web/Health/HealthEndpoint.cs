using Preserve.Workers.Hosting;

namespace Preserve.Web.Health;

/// <summary><c>GET /healthz</c>: 200 when sessions can be taken, 503 otherwise, with what is missing or not in force.</summary>
public static class HealthEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/healthz", CheckAsync).WithTags("Health")
            .WithName("GetHealth").WithSummary("Whether sessions can be taken, and which bound or tool is missing.")
            .Produces<HealthReport>().Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> CheckAsync(HttpContext http, WorkerHealth health, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var report = await health.CheckAsync(cancellationToken);
        return TypedResults.Json(
            report, statusCode: report.CanTakeSessions ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
