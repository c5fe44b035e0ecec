namespace Preserve.Workers.Sessions;

/// <summary>What a ticket says once its signature and its time are found good.</summary>
/// <param name="SessionId">The session it admits to.</param>
/// <param name="Role">What its holder may do there.</param>
/// <param name="Worker">Name of the worker that runs the session.</param>
/// <param name="Link">The watch link it was bought with; null for the session's key.</param>
internal sealed record Ticket(Guid SessionId, SessionRole Role, string Worker, Guid? Link = null);
