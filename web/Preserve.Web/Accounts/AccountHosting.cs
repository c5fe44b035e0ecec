using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Preserve.Catalog.Accounts;
using Preserve.Web.Staff;

namespace Preserve.Web.Accounts;

/// <summary>Adds signing in: by cookie for pages, by API token for programs, by an OpenID provider where one is configured.</summary>
/// <remarks>
/// A request is looked at by one scheme only. <c>Authorization: Bearer preserve_...</c> is an API token and nothing else counts; any other
/// bearer is a session's key or ticket, which the session API itself judges, and the cookie says who is at the page.
/// </remarks>
public static class AccountHosting
{
    private const string Either = "preserve";

    public static void AddPreserveAccounts(this IServiceCollection services, OpenIdOptions openId)
    {
        services.AddSingleton(openId);
        services.AddSingleton<SignInLimit>();
        services.AddSingleton<FirstAdministrator>();
        services.AddScoped<SignInManager<Account>, AccountSignIn>();
        services.AddScoped<AccountSignIn>();
        services.AddScoped<IUserClaimsPrincipalFactory<Account>, UserClaimsPrincipalFactory<Account, AccountRole>>();
        services.AddScoped<ISecurityStampValidator, StampValidator>();
        services.AddScoped<OpenIdArrival>();
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization(Policies.Configure);

        var authentication = services.AddAuthentication(Either)
            .AddPolicyScheme(Either, displayName: null, options => options.ForwardDefaultSelector = context =>
                ApiTokenHandler.IsApiToken(context.Request) ? ApiTokenHandler.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.Scheme, configureOptions: null);
        AddCookies(authentication);
        if (openId.IsConfigured)
        {
            OpenIdSetup.Add(authentication, openId);
        }
    }

    private static void AddCookies(AuthenticationBuilder authentication)
    {
        authentication.AddCookie(IdentityConstants.ApplicationScheme, options =>
        {
            options.Cookie.Name = "preserve-account";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
            options.LoginPath = "/account/sign-in";
            options.AccessDeniedPath = "/account/denied";
            options.ReturnUrlParameter = "return";
            options.Events = new CookieAuthenticationEvents
            {
                OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync,
                OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized),
                OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden),
            };
        });
        authentication.AddCookie(IdentityConstants.ExternalScheme, options =>
        {
            options.Cookie.Name = "preserve-account-external";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        });
    }

    /// <summary>People are led to the sign-in page; programs get the status.</summary>
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments(PageDocuments.ConnectionPath))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
