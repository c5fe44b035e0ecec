using Preserve.Catalog.Sessions;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Api;

/// <summary>A session, for whoever holds its key or a ticket. Without one nobody can look, type or end it.</summary>
public static class SessionsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/api/sessions/{id:guid}").WithTags("Sessions")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        session.AddEndpointFilter(async (call, next) =>
        {
            // Answers here belong to one visitor.
            call.HttpContext.Response.Headers.CacheControl = "no-store";
            return await next(call);
        });
        session.MapPost("tickets", IssueTicketAsync)
            .WithName("IssueTicket").WithSummary("Buys a fresh ticket with the session's key.")
            .Produces<NewTicket>().ProducesProblem(StatusCodes.Status409Conflict);
        session.MapGet("", FindAsync)
            .WithName("GetSession").WithSummary("How a session stands, or how it ended.")
            .Produces<SessionStatus>();
        session.MapGet("screen", CaptureScreenAsync)
            .WithName("GetScreen").WithSummary("The screen now, as PNG.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png").ProducesProblem(StatusCodes.Status409Conflict);
        session.MapDelete("", EndAsync)
            .WithName("EndSession").WithSummary("Ends a session; answers when nothing of it is left.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> IssueTicketAsync(
        Guid id, HttpRequest request, ISessionService sessions, CancellationToken cancellationToken)
    {
        if (Bearer.Of(request) is not { } key)
        {
            return Problems.NoCredential(request);
        }

        if (await sessions.FindAsync(id, cancellationToken) is not { } view)
        {
            return Problems.NoSuchSession();
        }

        if (await sessions.IssueTicketAsync(id, key, cancellationToken) is { } ticket)
        {
            return TypedResults.Ok(new NewTicket(ticket.Hub, ticket.Token));
        }

        return view.State == SessionState.Ended ? Problems.HasEnded() : Problems.NotPermitted();
    }

    private static Task<IResult> FindAsync(
        Guid id, HttpRequest request, ISessionService sessions, CancellationToken cancellationToken) =>
        WithRoleAsync(id, request, sessions, (view, _) => Task.FromResult<IResult>(TypedResults.Ok(SessionStatus.Of(view))), cancellationToken);

    private static Task<IResult> CaptureScreenAsync(
        Guid id, HttpRequest request, ISessionService sessions, CancellationToken cancellationToken, int machine = 0) =>
        WithRoleAsync(id, request, sessions, async (_, _) =>
            await sessions.CaptureScreenAsync(id, machine, cancellationToken) is { } png
                ? TypedResults.File(png, "image/png")
                : Problems.NoScreen(), cancellationToken);

    private static Task<IResult> EndAsync(
        Guid id, HttpRequest request, ISessionService sessions, CancellationToken cancellationToken) =>
        WithRoleAsync(id, request, sessions, async (_, role) =>
        {
            if (role == SessionRole.Watch)
            {
                return Problems.NotPermitted();
            }

            await sessions.EndAsync(id, SessionEndReason.Stopped, cancellationToken);
            return TypedResults.NoContent();
        }, cancellationToken);

    /// <summary>The order in which every request is decided: a token at all, a session at all, a token that fits.</summary>
    private static async Task<IResult> WithRoleAsync(
        Guid id, HttpRequest request, ISessionService sessions, Func<SessionView, SessionRole, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        if (Bearer.Of(request) is not { } bearer)
        {
            return Problems.NoCredential(request);
        }

        if (await sessions.FindAsync(id, cancellationToken) is not { } view)
        {
            return Problems.NoSuchSession();
        }

        return await sessions.AuthorizeAsync(id, bearer, cancellationToken) is { } role
            ? await answer(view, role)
            : Problems.NotPermitted();
    }
}
