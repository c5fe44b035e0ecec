namespace Preserve.Workers.Watching;

/// <summary>Why a watcher is sent away although the session goes on: <c>reason</c> of its last state message, with words.</summary>
internal sealed record Dismissal(string Reason, string Message)
{
    public static readonly Dismissal LinkEnded = new("linkEnded", "The person whose machine this is has ended the watch link.");

    public static readonly Dismissal TourEnded = new("tourEnded", "The guide has ended the tour.");

    public static readonly Dismissal Full = new("full", "As many people are watching as can. Please try again in a few minutes.");
}
