using Microsoft.AspNetCore.Mvc;
using Preserve.Catalog.Sessions;
using Preserve.Web.Access;
using Preserve.Workers.Sessions;
using Preserve.Workers.Typing;

namespace Preserve.Web.Api;

/// <summary>A session, for whoever holds its key or a ticket. Without one nobody can look, type or end it.</summary>
public static class SessionsApi
{
    /// <summary>Bytes of a text to type, every character of it escaped.</summary>
    private const int LongestBody = 128 * 1024;

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
        session.MapGet("text", ReadTextAsync)
            .WithName("GetText").WithSummary("The characters on the screen now. 409 with the reason while what it shows is not text.")
            .Produces<ScreenCharacters>().ProducesProblem(StatusCodes.Status409Conflict);
        session.MapPost("keys", TypeAsync).WithMetadata(new RequestSizeLimitAttribute(LongestBody))
            .WithName("TypeText").WithSummary("Types a text as fast as the machine takes it; answers when it is typed. Closing the request stops it.")
            .Produces<TypedText>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        session.MapDelete("", EndAsync)
            .WithName("EndSession").WithSummary("Ends a session; answers when nothing of it is left.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> IssueTicketAsync(
        Guid id, HttpRequest request, ISessionService sessions, SessionDoor door, CancellationToken cancellationToken)
    {
        if (Bearer.Of(request) is not { } key)
        {
            return Problems.NoCredential(request);
        }

        if (await sessions.FindAsync(id, cancellationToken) is not { } view)
        {
            return Problems.NoSuchSession();
        }

        if (view.State != SessionState.Ended && await sessions.IsOwnerAsync(id, key, cancellationToken)
            && !await door.IsOpenAsync(view, SessionRole.Control, request.HttpContext, cancellationToken))
        {
            return Problems.NotOpenAnyMore();
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
        Guid id, HttpRequest request, ISessionService sessions, SessionDoor door, CancellationToken cancellationToken, int machine = 0) =>
        WithOpenExhibitAsync(id, request, sessions, door, async (_, _) =>
            await sessions.CaptureScreenAsync(id, machine, cancellationToken) is { } png
                ? TypedResults.File(png, "image/png")
                : Problems.NoScreen(), cancellationToken);

    private static Task<IResult> ReadTextAsync(
        Guid id, HttpRequest request, ISessionService sessions, SessionDoor door, CancellationToken cancellationToken, int machine = 0) =>
        WithOpenExhibitAsync(id, request, sessions, door, async (_, _) =>
        {
            var text = await sessions.ReadTextAsync(id, machine, cancellationToken);
            return text.Screen is { } screen ? TypedResults.Ok(ScreenCharacters.Of(screen, text.CodePage)) : Problems.NoText(text.Outcome);
        }, cancellationToken);

    private static Task<IResult> TypeAsync(
        Guid id, TextToType? text, HttpRequest request, ISessionService sessions, SessionDoor door, CancellationToken cancellationToken, int machine = 0) =>
        WithOpenExhibitAsync(id, request, sessions, door, async (_, role) =>
        {
            if (role == SessionRole.Watch)
            {
                return Problems.NotPermitted();
            }

            // Looked at only here: who has no token is not told what is wrong with a body.
            if (text?.Text is null)
            {
                return Problems.NothingToType();
            }

            var wanted = new TypeRequest(text.Text, text.Layout, text.ByNumber, text.SkipUnknown);
            var result = await sessions.TypeAsync(id, machine, wanted, cancellationToken);
            return result.Outcome == TypeOutcome.Typed
                ? TypedResults.Ok(new TypedText(result.Typed, result.Unknown))
                : Problems.NotTyped(result);
        }, cancellationToken);

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

    /// <summary>What shows or moves the machine asks the exhibit's rule as well. How a session stands, and ending it, is for every holder of its key.</summary>
    internal static Task<IResult> WithOpenExhibitAsync(
        Guid id, HttpRequest request, ISessionService sessions, SessionDoor door, Func<SessionView, SessionRole, Task<IResult>> answer,
        CancellationToken cancellationToken) =>
        WithRoleAsync(id, request, sessions, async (view, role) =>
            await door.IsOpenAsync(view, role, request.HttpContext, cancellationToken) ? await answer(view, role) : Problems.NotOpenAnyMore(), cancellationToken);

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
