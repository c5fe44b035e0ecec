using Microsoft.AspNetCore.Http.HttpResults;
using Preserve.Catalog.Sessions;
using Preserve.Web.Exhibits;
using Preserve.Web.Watching;
using Preserve.Catalog.Ingest;
using Preserve.Web.Ingest;
using Preserve.Workers.Printing;
using Preserve.Workers.Sessions;
using Preserve.Workers.Text;
using Preserve.Workers.Typing;

namespace Preserve.Web.Api;

/// <summary>The one place where an expected outcome becomes an HTTP status and words (RFC 9457).</summary>
public static class Problems
{
    public static IResult NoSuchObject(string id) => Problem(StatusCodes.Status404NotFound,
        "No such object", $"There is no object '{id}' with an exhibit that is open to you.");

    /// <summary>Why an object cannot be run without an exhibit.</summary>
    public static IResult NoWayToRun(string id, IEnumerable<string> ways) => Problem(StatusCodes.Status404NotFound,
        "Not to be run", ways.ToList() is { Count: > 0 } known
            ? $"'{id}' cannot be run there. Open to you are: {string.Join(", ", known)}."
            : $"There is no object '{id}' that is open to you and that any environment is known to run. Researchers run what has rights stated and is kept to no narrower circle.");

    /// <summary>Why nothing was searched: every reason there is.</summary>
    public static IResult NotSearched(IEnumerable<string> problems) => Problem(StatusCodes.Status400BadRequest, "Cannot be searched", string.Join(' ', problems));

    public static IResult NoSuchExhibit(string slug) => Problem(StatusCodes.Status404NotFound,
        "No such exhibit", $"There is no exhibit called '{slug}' that is open to you.");

    public static IResult NoSuchSession() => Problem(StatusCodes.Status404NotFound,
        "No such session", "This session does not exist, or its record is gone.");

    public static IResult NoCredential() => Problem(StatusCodes.Status401Unauthorized,
        "Key or ticket needed", "Send the session's key or a ticket as 'Authorization: Bearer ...'.");

    /// <summary>The same with the header that RFC 9110 §11.6.1 asks for.</summary>
    public static IResult NoCredential(HttpRequest request)
    {
        request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return NoCredential();
    }

    public static IResult NotPermitted() => Problem(StatusCodes.Status403Forbidden,
        "Not permitted", "This key or ticket does not permit that, or it is no longer good.");

    public static IResult ForeignOrigin() => Problem(StatusCodes.Status403Forbidden,
        "Foreign origin", "This request came from a page of another site. If it did not, the service may stand behind a proxy that it "
        + "was not told about: see Preserve:Web:TrustedProxies and Preserve:Web:AllowedOrigins.");

    /// <summary>What was open to whoever asks and has been taken out of use.</summary>
    public static IResult Withdrawn(Tombstone tombstone) => Problem(StatusCodes.Status410Gone, "Withdrawn", $"{tombstone.Words} {tombstone.Reason}");

    /// <summary>Why an object was not withdrawn, opened again or purged.</summary>
    public static IResult NotWithdrawn(IEnumerable<string> problems) => Problem(StatusCodes.Status409Conflict, "Not done", string.Join(' ', problems));

    public static IResult NotOpenAnyMore() => Problem(StatusCodes.Status404NotFound,
        "Not open any more", "The exhibit of this session is not open to you any more, or not from where you are.");

    /// <summary>Why a packed upload was not taken as a bag.</summary>
    public static IResult NoBag(IEnumerable<string> problems) => Problem(StatusCodes.Status422UnprocessableEntity,
        "The bag was not taken", string.Join(' ', problems));

    /// <summary>Why an infected upload was not let in.</summary>
    public static IResult NotLetIn(string problem) => Problem(StatusCodes.Status422UnprocessableEntity, "Not let in", problem);

    /// <summary>Why an access rule was not set.</summary>
    public static IResult RuleNotSet(IEnumerable<string> problems) => Problem(StatusCodes.Status422UnprocessableEntity,
        "The rule was not set", string.Join(' ', problems));

    /// <summary>Why the input of an exhibit was not set.</summary>
    public static IResult InputNotSet(IEnumerable<string> problems) => Problem(StatusCodes.Status422UnprocessableEntity,
        "The input was not set", string.Join(' ', problems));

    public static IResult NoScreen() => Problem(StatusCodes.Status409Conflict,
        "No screen", "The machine is not running or has not shown a picture yet.");

    /// <summary>Why nothing is printed.</summary>
    public static IResult NothingPrinted(PrinterOutcome outcome) => Problem(StatusCodes.Status409Conflict, "Nothing printed", outcome switch
    {
        PrinterOutcome.Nothing => "The machine has printed nothing yet.",
        PrinterOutcome.NoPrinter => "This machine has no parallel port.",
        _ => "The machine is not running; what it printed is gone with it.",
    });

    public static IResult NoPrinterFont() => Problem(StatusCodes.Status503ServiceUnavailable,
        "No font", "This host has no font to write pages with: the package fonts-dejavu-core is missing. The bytes are at printed.bin.");

    /// <summary>Why there is no text.</summary>
    public static IResult NoText(ReadTextOutcome outcome) => Problem(StatusCodes.Status409Conflict, "No text", outcome switch
    {
        ReadTextOutcome.NoTextScreen => "The screen does not show text now: it is in a graphics mode, or is just changing.",
        ReadTextOutcome.NoTextMachine => "The text of this machine cannot be read, whatever it shows: it only draws pictures.",
        _ => "The machine is not running.",
    });

    public static IResult NothingToType() => Problem(StatusCodes.Status400BadRequest,
        "Nothing to type", "Send the text as JSON: {\"text\": \"...\"}.");

    /// <summary>Why a text was not typed, or not to its end.</summary>
    public static IResult NotTyped(TypeResult result) => Problem(
        result.Outcome switch
        {
            TypeOutcome.TooLong or TypeOutcome.NoSuchLayout => StatusCodes.Status400BadRequest,
            TypeOutcome.HasUnknown => StatusCodes.Status422UnprocessableEntity,
            _ => StatusCodes.Status409Conflict,
        },
        "Not typed",
        TypingWords.Of(result));

    public static IResult HasEnded() => Problem(StatusCodes.Status409Conflict,
        "The session has ended", "There are no more tickets for it. Start again.");

    public static IResult TooManyStarts(int perMinute) => Problem(StatusCodes.Status429TooManyRequests,
        "Too many starts", $"From one address {perMinute} sessions a minute can be started. Wait a little and try again.");

    public static IResult TooManyWatches(int perMinute) => Problem(StatusCodes.Status429TooManyRequests,
        "Too many requests", $"From one address links can be made and used {perMinute} times a minute. Wait a little and try again.");

    public static IResult TooManyWatchers() => Problem(StatusCodes.Status503ServiceUnavailable,
        "No room to watch", "As many people are watching as can. Please try again in a few minutes.");

    public static IResult NotToBeShared() => Problem(StatusCodes.Status409Conflict,
        "Cannot be shared", "Only a machine of an exhibit that is open can be shown to others.");

    public static IResult NoSuchLink() => Problem(StatusCodes.Status404NotFound,
        "No such link", "This session has no such link, or it has been ended already.");

    /// <summary>Why a link was not made.</summary>
    public static IResult NotLinked(WatchLinkOutcome outcome) => outcome switch
    {
        WatchLinkOutcome.SessionEnded => Problem(StatusCodes.Status409Conflict, "The session has ended", "There is nothing to watch any more. Start again."),
        WatchLinkOutcome.TooMany => Problem(StatusCodes.Status409Conflict,
            "Too many links", $"A session has at most {WatchLinkRegister.MostLinks} links. End one to make another."),
        WatchLinkOutcome.TourUnderWay => Problem(StatusCodes.Status409Conflict,
            "A tour is under way", "A session has one guided tour at a time. End it to start another."),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not a refusal."),
    };

    /// <summary>Why a link lets nobody in.</summary>
    public static IResult NotToBeWatched(WatchDecision decision, WatchLinkKind? kind)
    {
        var words = WatchWords.Of(decision, kind);
        return Problem(WatchWords.Status(decision), words.Title, words.Detail);
    }
    public static IResult NoSuchUpload() => Problem(StatusCodes.Status404NotFound,
        "No such upload", "There is no upload by this id that is yours and undecided.");

    public static IResult UploadGone() => Problem(StatusCodes.Status410Gone,
        "The upload is gone", "It was not finished in time, or a curator has rejected it.");

    public static IResult BadUpload(string detail) => Problem(StatusCodes.Status400BadRequest, "Not an upload", detail);

    public static IResult WrongUploadType() => Problem(StatusCodes.Status415UnsupportedMediaType,
        "Wrong content type", $"A piece of an upload has Content-Type: {Tus.ContentType}.");

    public static IResult UnsupportedTusVersion() => Problem(StatusCodes.Status412PreconditionFailed,
        "Another version of the protocol", $"Send {Tus.Resumable}: {Tus.Version}.");

    /// <summary>Why an upload, or a piece of it, was not taken.</summary>
    public static IResult NotUploaded(UploadResult result) => Problem(
        result.Outcome switch
        {
            UploadOutcome.BadName => StatusCodes.Status400BadRequest,
            UploadOutcome.OverQuota => StatusCodes.Status403Forbidden,
            UploadOutcome.Unknown => StatusCodes.Status404NotFound,
            UploadOutcome.WrongOffset => StatusCodes.Status409Conflict,
            UploadOutcome.Gone => StatusCodes.Status410Gone,
            UploadOutcome.TooLong => StatusCodes.Status413PayloadTooLarge,
            UploadOutcome.Busy => StatusCodes.Status423Locked,
            UploadOutcome.WrongChecksum => Tus.StatusChecksumMismatch,
            UploadOutcome.NoSpace => StatusCodes.Status507InsufficientStorage,
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Outcome, "Not a refusal."),
        },
        "Not taken", result.Message);

    public static IResult NoSuchRun(long id) => Problem(StatusCodes.Status404NotFound, "No such run", $"The night watch has no run {id}.");

    public static IResult NoSuchPicture() => Problem(StatusCodes.Status404NotFound,
        "No such file", "This result has no file by that name. What passed keeps none.");

    public static IResult RunIsOver(long id) => Problem(StatusCodes.Status409Conflict, "The run is over", $"Run {id} has ended or was cancelled already.");

    /// <summary>Why a run was not begun.</summary>
    public static IResult NoRun(IReadOnlyList<string> problems) => Problem(StatusCodes.Status400BadRequest, "No run was begun", string.Join(' ', problems));

    /// <summary>Why a session was not started.</summary>
    public static IResult NotStarted(SessionStartOutcome outcome, string message) => outcome switch
    {
        SessionStartOutcome.Invalid => Problem(StatusCodes.Status409Conflict, "Cannot be started", message),
        SessionStartOutcome.NoSeat => Problem(StatusCodes.Status409Conflict, "Every licence is in use", message),
        SessionStartOutcome.NoCapacity => Problem(StatusCodes.Status503ServiceUnavailable, "The house is full", message),
        SessionStartOutcome.Unavailable => Problem(StatusCodes.Status503ServiceUnavailable, "Machines cannot run here", message),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not a refusal."),
    };

    /// <summary>Why an act of a curator was not done: every reason there is.</summary>
    public static IResult NotDone(IReadOnlyList<string> reasons) => Problem(StatusCodes.Status422UnprocessableEntity, "Not done", string.Join(' ', reasons));

    /// <summary>What is wrong with a list that has null where an entry should be; null where it has none. Readers of JSON let it through.</summary>
    public static IResult? OfMissing<T>(IReadOnlyList<T>? list)
        where T : class => (list ?? []).Index().FirstOrDefault(one => one.Item is null, (-1, null!)).Index is var at and >= 0
            ? NotDone([$"Entry {at + 1} of the list is null: each is an object. Leave it out, or say what it is."])
            : null;

    public static IResult NoSuchProofScreen() => Problem(StatusCodes.Status404NotFound, "No such screen", "There is no such screen, or its boot was asked for anew.");

    public static IResult NoPosterYet() => Problem(StatusCodes.Status404NotFound, "No poster", "There is no such environment, or its poster is not made yet.");

    public static IResult NoSuchEnvironment(string id) => Problem(StatusCodes.Status404NotFound, "No such environment", $"There is no environment '{id}'.");

    public static IResult NoParent(string id) => Problem(StatusCodes.Status404NotFound, "Nothing to compare with", $"There is no environment '{id}' that has a parent.");

    public static IResult NoSuchDraft() => Problem(StatusCodes.Status404NotFound,
        "No such draft", "There is no such draft, its machine still runs, or it has been decided about.");

    private static ProblemHttpResult Problem(int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title);
}
