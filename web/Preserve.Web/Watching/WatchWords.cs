using Preserve.Catalog.Sessions;

namespace Preserve.Web.Watching;

/// <summary>What a link that leads nowhere says, on its page and in the API alike.</summary>
public static class WatchWords
{
    public static int Status(WatchDecision decision) => decision switch
    {
        WatchDecision.Open => StatusCodes.Status200OK,
        WatchDecision.LinkEnded or WatchDecision.SessionEnded => StatusCodes.Status410Gone,
        _ => StatusCodes.Status404NotFound,
    };

    public static (string Title, string Detail) Of(WatchDecision decision, WatchLinkKind? kind) => decision switch
    {
        WatchDecision.NoSuchLink => ("This link leads nowhere",
            "It may have a slip in it, or only a part of it was copied. Ask whoever sent it for a new one."),
        WatchDecision.LinkEnded when kind == WatchLinkKind.Tour => ("This tour is over", "The guide has ended it. You can use the exhibit yourself."),
        WatchDecision.LinkEnded => ("This link has been ended",
            "Whoever sent it has stopped showing the machine. Ask for a new link, or use the exhibit yourself."),
        WatchDecision.SessionEnded => ("What was to be seen here is over", "The machine has been given back. You can use the exhibit yourself."),
        WatchDecision.NotOpen => ("This exhibit is not open any more", "It has been taken down, and so it cannot be watched either."),
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "Not a refusal."),
    };
}
