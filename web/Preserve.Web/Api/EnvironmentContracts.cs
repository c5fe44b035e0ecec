using Preserve.Catalog.Environments;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Api;

/// <summary>An environment in the tree.</summary>
/// <param name="Id">Of the environment.</param>
/// <param name="Title">For people.</param>
/// <param name="Parent">What it was derived from; null for a root.</param>
/// <param name="Note">What was done to the parent; empty for a root.</param>
/// <param name="Children">What was derived from it.</param>
/// <param name="Drafts">Work at it that is not decided about.</param>
public sealed record EnvironmentDetail(
    string Id, string Title, string? Parent, string Note, IReadOnlyList<string> Children, IReadOnlyList<DraftDetail> Drafts);

/// <summary>Work at an environment that is not decided about.</summary>
/// <param name="Id">For going on, saving and discarding.</param>
/// <param name="State">running, kept or lost.</param>
/// <param name="StartedBy">Pseudonym or role.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="Bays">Drives whose media were written to.</param>
/// <param name="Problem">Why what was written was not kept; empty otherwise.</param>
public sealed record DraftDetail(Guid Id, DraftState State, string StartedBy, DateTimeOffset StartedAt, IReadOnlyList<string> Bays, string Problem)
{
    public static DraftDetail Of(EnvironmentDraft one) => new(
        one.Id, one.State, one.StartedBy, DateTimeOffset.FromUnixTimeMilliseconds(one.StartedAt), [.. one.Bays.Keys.Order(StringComparer.Ordinal)], one.Problem);
}

/// <summary>A session at a draft.</summary>
/// <param name="Draft">Where what is written is kept when the machine has ended.</param>
/// <param name="Id">Of the session.</param>
/// <param name="Key">Controls the session; said once.</param>
/// <param name="Hub">Address of the hub.</param>
/// <param name="Ticket">A first ticket, good for a minute.</param>
public sealed record NewDraftSession(Guid Draft, Guid Id, string Key, string Hub, string Ticket)
{
    public static NewDraftSession Of(Guid draft, StartedSession started) => new(draft, started.View.Id, started.Key, started.Ticket.Hub, started.Ticket.Token);
}

/// <summary>What a derivative is to be called, and what was done.</summary>
public sealed record EnvironmentToSave(string? Id, string? Title, string? Note);
