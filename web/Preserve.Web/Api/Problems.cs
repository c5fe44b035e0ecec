using Microsoft.AspNetCore.Http.HttpResults;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Api;

/// <summary>The one place where an expected outcome becomes an HTTP status and words (RFC 9457).</summary>
public static class Problems
{
    public static IResult NoSuchExhibit(string slug) => Problem(StatusCodes.Status404NotFound,
        "No such exhibit", $"There is no exhibit called '{slug}' that is open to you.");

    public static IResult NoSuchSession() => Problem(StatusCodes.Status404NotFound,
        "No such session", "This session does not exist, or its record is gone.");

    public static IResult NoCredential() => Problem(StatusCodes.Status401Unauthorized,
        "Key or ticket needed", "Send the session's key or a ticket as 'Authorization: Bearer ...'.");

    public static IResult NotPermitted() => Problem(StatusCodes.Status403Forbidden,
        "Not permitted", "This key or ticket does not permit that, or it is no longer good.");

    public static IResult ForeignOrigin() => Problem(StatusCodes.Status403Forbidden,
        "Foreign origin", "This request came from a page of another site. If it did not, the service may stand behind a proxy that it "
        + "was not told about: see Preserve:Web:TrustedProxies and Preserve:Web:AllowedOrigins.");

    public static IResult NoScreen() => Problem(StatusCodes.Status409Conflict,
        "No screen", "The machine is not running or has not shown a picture yet.");

    public static IResult HasEnded() => Problem(StatusCodes.Status409Conflict,
        "The session has ended", "There are no more tickets for it. Start again.");

    public static IResult TooManyStarts(int perMinute) => Problem(StatusCodes.Status429TooManyRequests,
        "Too many starts", $"From one address {perMinute} sessions a minute can be started. Wait a little and try again.");

    /// <summary>Why a session was not started.</summary>
    public static IResult NotStarted(SessionStartOutcome outcome, string message) => outcome switch
    {
        SessionStartOutcome.Invalid => Problem(StatusCodes.Status409Conflict, "Cannot be started", message),
        SessionStartOutcome.NoSeat => Problem(StatusCodes.Status409Conflict, "Every licence is in use", message),
        SessionStartOutcome.NoCapacity => Problem(StatusCodes.Status503ServiceUnavailable, "The house is full", message),
        SessionStartOutcome.Unavailable => Problem(StatusCodes.Status503ServiceUnavailable, "Machines cannot run here", message),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not a refusal."),
    };

    private static ProblemHttpResult Problem(int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title);
}
