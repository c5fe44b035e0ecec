using Microsoft.AspNetCore.Http;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Streaming;

/// <summary>Decides about a connection before it is accepted: foreign origin 403, no good ticket for a session of this worker 401.</summary>
internal sealed class HubGate(TicketSigner signer, SessionHost host, WorkerOptions options)
{
    private static readonly object TicketItem = new();

    public static Ticket? TicketOf(HttpContext? context) => context?.Items[TicketItem] as Ticket;

    public Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.Value!.EndsWith("/negotiate", StringComparison.Ordinal))
        {
            return Refuse(context, StatusCodes.Status404NotFound);
        }

        if (!IsOwnOrAllowed(context.Request))
        {
            return Refuse(context, StatusCodes.Status403Forbidden);
        }

        var ticket = signer.Check(context.Request.Query["access_token"].ToString());

        // Nothing that logs the request further on gets to see it.
        context.Request.QueryString = QueryString.Empty;
        if (ticket is null || ticket.Worker != options.Name || host.Find(ticket.SessionId) is null)
        {
            return Refuse(context, StatusCodes.Status401Unauthorized);
        }

        context.Items[TicketItem] = ticket;
        return next(context);
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    // Programs send no origin; browsers always do for a WebSocket.
    private bool IsOwnOrAllowed(HttpRequest request)
    {
        if (request.Headers.Origin is not [{ } origin, ..])
        {
            return true;
        }

        if (options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        // A proxy that is not configured may hide https from us, so only a downgrade counts as foreign.
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && Uri.TryCreate($"{uri.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)
            && string.Equals(uri.Authority, own.Authority, StringComparison.OrdinalIgnoreCase)
            && (!request.IsHttps || uri.Scheme == Uri.UriSchemeHttps);
    }
}
