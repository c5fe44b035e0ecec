using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using Preserve.Web.Hosting;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Preserve.Web.Tests.Accounts;

/// <summary>A real OpenID provider (OpenIddict) on a port of its own, at which one person is signed in already.</summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "preserve";
    public const string ClientSecret = "the client's secret";

    private readonly WebApplication _app;

    private OpenIdProvider(WebApplication app) => _app = app;

    public string Authority => PreserveHost.Addresses(_app).Single();

    public string Subject { get; set; } = "person-7";

    public string Name { get; set; } = "mira";

    public string[] Groups { get; set; } = [];

    public bool Refuses { get; set; }

    public static async Task<OpenIdProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        OpenIdProvider? provider = null;
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            // No store of clients: the two handlers below are all it knows.
            server.EnableDegradedMode();
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.RegisterScopes(OpenIddictConstants.Scopes.Profile);
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId)
                {
                    context.Reject(OpenIddictConstants.Errors.AccessDenied, "Unknown client.");
                }

                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
                {
                    context.Reject(OpenIddictConstants.Errors.InvalidClient, "Unknown client.");
                }

                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (provider!.Refuses)
                {
                    context.Reject(OpenIddictConstants.Errors.AccessDenied, "Not you.");
                }
                else
                {
                    context.SignIn(provider.Person(context.Request));
                }

                return default;
            }));
        });
        builder.Services.AddAuthentication();
        var app = builder.Build();
        app.UseAuthentication();
        provider = new OpenIdProvider(app);
        await app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private ClaimsPrincipal Person(OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("provider", OpenIddictConstants.Claims.Name, "groups");
        identity.AddClaim(OpenIddictConstants.Claims.Subject, Subject);
        identity.AddClaim(OpenIddictConstants.Claims.PreferredUsername, Name);
        foreach (var group in Groups)
        {
            identity.AddClaim(new Claim("groups", group));
        }

        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(request.GetScopes());
        principal.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
        return principal;
    }
}
