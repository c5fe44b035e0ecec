using Preserve.Catalog.Sessions;
using Preserve.Workers.Watching;

namespace Preserve.Web.Api;

/// <summary>A wish for a link.</summary>
/// <param name="Kind"><c>watch</c>, or <c>tour</c> for a guided tour: one at a time for a session.</param>
public sealed record LinkRequest(WatchLinkKind Kind = WatchLinkKind.Watch);

/// <summary>A link that has just been made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it invites to.</param>
/// <param name="Path">Where its page is. What stands behind the <c>#</c> is the secret, said once and stored nowhere: browsers send it to nobody.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record NewLink(Guid Id, WatchLinkKind Kind, string Path, DateTimeOffset CreatedAt)
{
    public static NewLink Of(MadeWatchLink made) => new(made.Link!.Id, made.Link.Kind, $"/watch/{made.Link.Id}#{made.Secret}", made.Link.CreatedAt);
}

/// <summary>A link of a session that has not been ended.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it invites to.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Watchers">How many watch by it now.</param>
public sealed record LinkStatus(Guid Id, WatchLinkKind Kind, DateTimeOffset CreatedAt, int Watchers)
{
    public static LinkStatus Of(WatchLinkView link) => new(link.Id, link.Kind, link.CreatedAt, link.Watchers);
}

/// <summary>What a link leads to now.</summary>
/// <param name="Kind">What it invites to.</param>
/// <param name="Exhibit">Slug of the exhibit.</param>
/// <param name="State">Where the session stands.</param>
public sealed record LinkView(WatchLinkKind Kind, string Exhibit, SessionState State);
