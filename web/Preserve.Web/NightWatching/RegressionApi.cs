using Microsoft.AspNetCore.Mvc;
using Preserve.Catalog.Regression;
using Preserve.Regression.Baselines;
using Preserve.Regression.Reports;
using Preserve.Web.Accounts;
using Preserve.Web.Api;
using Preserve.Workers.Regression;

namespace Preserve.Web.NightWatching;

/// <summary><c>/api/regression</c>: the night watch, for curators and the programs that act for them.</summary>
public static class RegressionApi
{
    private const int MostRuns = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/regression").WithTags("Night watch").RequireAuthorization(Policies.Curate)
            .AddEndpointFilter(LinksApi.NoStore)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapPost("runs", StartAsync)
            .WithName("StartRegressionRun").WithSummary("Begins a run: environments (none for all) on builds (none for the one in use).")
            .Produces<RunSummary>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("runs", ListAsync)
            .WithName("ListRegressionRuns").WithSummary("The last runs, newest first.").Produces<IReadOnlyList<RunSummary>>();
        group.MapGet("runs/{id:long}", FindAsync)
            .WithName("GetRegressionRun").WithSummary("How far a run is, with its verdicts counted and about when it will end.")
            .Produces<RunSummary>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("runs/{id:long}/results", ResultsAsync)
            .WithName("GetRegressionResults").WithSummary("Every environment and build of a run, with what was found.")
            .Produces<IReadOnlyList<RunResult>>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("runs/{id:long}/junit", JunitAsync)
            .WithName("GetRegressionJunit").WithSummary("What is done of a run, as JUnit XML.")
            .Produces(StatusCodes.Status200OK, contentType: "application/xml").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("runs/{id:long}/cancel", CancelAsync)
            .WithName("CancelRegressionRun").WithSummary("Ends a run; what is done stays.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("results/{job:long}/{name}", FileAsync)
            .WithName("GetRegressionFile").WithSummary("A picture of a result (expected, actual, difference, film-N: .png), or reproduce.sh.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("baselines/{environment}/{name}", BaselineAsync)
            .WithName("GetBaselinePicture").WithSummary("An accepted screen of an environment, screen-0.png and on.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> StartAsync(
        HttpContext http, NightWatch watch, RunReader reader, CancellationToken cancellationToken, [FromBody] RunRequest? wish = null)
    {
        var start = await watch.StartAsync(
            new RunWish(wish?.Environments ?? [], wish?.Builds ?? [], wish?.Learn ?? false), CurrentAccount.ActorOf(http.User), cancellationToken);
        return start.RunId is { } id
            ? TypedResults.Created($"/api/regression/runs/{id}", await reader.FindAsync(id, cancellationToken))
            : Problems.NoRun(start.Problems);
    }

    private static async Task<IResult> ListAsync(RunReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ListAsync(MostRuns, cancellationToken));

    private static async Task<IResult> FindAsync(long id, RunReader reader, CancellationToken cancellationToken) =>
        await reader.FindAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run) : Problems.NoSuchRun(id);

    private static async Task<IResult> ResultsAsync(long id, RunReader reader, CancellationToken cancellationToken) =>
        await reader.FindAsync(id, cancellationToken) is null
            ? Problems.NoSuchRun(id)
            : TypedResults.Ok(await reader.ResultsAsync(id, cancellationToken));

    private static async Task<IResult> JunitAsync(long id, RunReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(id, cancellationToken) is not { } run)
        {
            return Problems.NoSuchRun(id);
        }

        var results = await reader.ResultsAsync(id, cancellationToken);
        var reports = results.Where(result => result.Report is not null).GroupBy(result => result.BuildId).Select(build => new RunReport
        {
            StartedAt = run.RequestedAt,
            Duration = (run.FinishedAt ?? time.GetUtcNow()) - run.RequestedAt,
            BuildId = build.Key,
            BuildVersion = "",
            Host = "",
            Environments = [.. build.Select(result => result.Report!)],
        });
        using var xml = new MemoryStream();
        JunitReport.Write([.. reports], xml);
        return TypedResults.Bytes(xml.ToArray(), "application/xml");
    }

    private static async Task<IResult> CancelAsync(
        long id, HttpContext http, RunReader reader, RegressionRuns runs, CancellationToken cancellationToken) =>
        await reader.FindAsync(id, cancellationToken) is null ? Problems.NoSuchRun(id)
        : await runs.CancelAsync(id, CurrentAccount.ActorOf(http.User), cancellationToken) ? TypedResults.NoContent()
        : Problems.RunIsOver(id);

    private static async Task<IResult> FileAsync(
        long job, string name, RunReader reader, RegressionFolders folders, CancellationToken cancellationToken) =>
        await reader.FindJobAsync(job, cancellationToken) is { } row && folders.Find(row, name) is { } path
            ? path.EndsWith(".png", StringComparison.Ordinal) ? TypedResults.PhysicalFile(path, "image/png") : TypedResults.PhysicalFile(path, "text/x-shellscript", name)
            : Problems.NoSuchPicture();

    private static IResult BaselineAsync(string environment, string name, BaselineFolder baselines) =>
        baselines.FindPicture(environment, name) is { } path ? TypedResults.PhysicalFile(path, "image/png") : Problems.NoSuchPicture();
}

/// <summary>What a run is asked to do; all of it may be left out.</summary>
/// <param name="Environments">By id; none for all.</param>
/// <param name="Builds">By id; none for the one in use.</param>
/// <param name="Learn">Whether environments without a baseline get one, unreviewed.</param>
public sealed record RunRequest(IReadOnlyList<string>? Environments, IReadOnlyList<string>? Builds, bool Learn);
