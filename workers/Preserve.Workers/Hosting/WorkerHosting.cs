using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Preserve.Workers.Posters;
using Preserve.Workers.Sessions;
using Preserve.Workers.Streaming;

namespace Preserve.Workers.Hosting;

/// <summary>The public door of this project.</summary>
public static class WorkerHosting
{
    /// <summary>
    /// Adds sessions, the streaming hub, posters and health. The host adds the catalog and the emulation itself
    /// (<c>AddPreserveCatalog</c>, <c>AddPreserveEmulation</c>).
    /// </summary>
    /// <exception cref="ArgumentException">The options cannot be used; the message tells every problem.</exception>
    public static IHostApplicationBuilder AddPreserveWorkers(this IHostApplicationBuilder builder, WorkerOptions options)
    {
        if (options.FindProblems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ISessionService, SessionService>();
        builder.Services.AddSingleton<WorkerHealth>();
        builder.Services.AddSingleton<PosterProgress>();
        builder.Services.AddSignalR().AddMessagePackProtocol();
        return builder;
    }

    /// <summary>Maps the session hub at <c>/hub/session</c>.</summary>
    public static IEndpointRouteBuilder MapPreserveWorkers(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<SessionHub>("/hub/session");
        return endpoints;
    }
}
