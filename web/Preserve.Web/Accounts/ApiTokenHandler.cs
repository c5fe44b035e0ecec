using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Preserve.Catalog.Accounts;
using Preserve.Web.Api;

namespace Preserve.Web.Accounts;

/// <summary><c>Authorization: Bearer preserve_...</c>: a program that acts for an account, with the token's roles.</summary>
public sealed class ApiTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "api-token";

    /// <summary>Tells an API token from the key or ticket of a session, by how it begins.</summary>
    public static bool IsApiToken(HttpRequest request) =>
        Bearer.Of(request)?.StartsWith(ApiToken.Prefix, StringComparison.Ordinal) == true;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsApiToken(Request))
        {
            return AuthenticateResult.NoResult();
        }

        if (await tokens.UseAsync(Bearer.Of(Request)!, Context.RequestAborted) is not { } use)
        {
            return AuthenticateResult.Fail("The API token is unknown, revoked or expired.");
        }

        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, use.Account.Id.ToString()),
                new Claim(ClaimTypes.Name, use.Account.UserName!),
                .. use.Roles.Select(role => new Claim(ClaimTypes.Role, role)),
            ],
            Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return base.HandleChallengeAsync(properties);
    }
}
