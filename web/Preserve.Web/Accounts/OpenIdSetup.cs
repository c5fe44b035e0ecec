using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Preserve.Web.Accounts;

/// <summary>The OpenID Connect client: authorisation code with PKCE, answered by a redirect, so that cookies stay SameSite=Lax.</summary>
public static class OpenIdSetup
{
    public const string Scheme = "openid";

    public static void Add(AuthenticationBuilder authentication, OpenIdOptions openId) =>
        authentication.AddOpenIdConnect(Scheme, openId.Title, options =>
        {
            options.SignInScheme = IdentityConstants.ExternalScheme;
            options.Authority = openId.Authority;
            options.ClientId = openId.ClientId;
            options.ClientSecret = File.ReadLines(openId.ClientSecretFile).FirstOrDefault() ?? "";
            options.RequireHttpsMetadata = openId.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = false;
            options.SaveTokens = false;
            options.CallbackPath = "/account/openid";
            options.Scope.Clear();
            options.Scope.Add("openid");
            options.Scope.Add("profile");
            options.TokenValidationParameters.NameClaimType = "preferred_username";
            options.TokenValidationParameters.RoleClaimType = openId.RoleClaim;
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.NonceCookie.SameSite = SameSiteMode.Lax;
            options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Events.OnRemoteFailure = context =>
            {
                // Refused at the provider, or an answer that is too old: a page of ours says so, not an error page.
                context.Response.Redirect("/account/sign-in?provider=failed");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });
}
