using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Preserve.Catalog.Accounts;

namespace Preserve.Web.Accounts;

/// <summary>Steps of signing in and out that are no page.</summary>
public static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, OpenIdOptions openId)
    {
        routes.MapPost("/account/sign-out", SignOutAsync).ExcludeFromDescription();
        if (openId.IsConfigured)
        {
            routes.MapPost("/account/sign-in/provider", GoToProvider).ExcludeFromDescription();
            routes.MapGet("/account/arrived", ArriveAsync).ExcludeFromDescription();
        }
    }

    // The form parameter makes the framework ask for the antiforgery token before this runs.
    private static async Task<IResult> SignOutAsync(
        HttpContext http, IFormCollection form, AccountSignIn signIn, UserManager<Account> accounts, CancellationToken cancellationToken)
    {
        if (await accounts.GetUserAsync(http.User) is { } account)
        {
            await signIn.SignOutAsync(account, cancellationToken);
        }

        return TypedResults.LocalRedirect("/");
    }

    private static ChallengeHttpResult GoToProvider([FromForm(Name = "return")] string? path) => TypedResults.Challenge(
        new AuthenticationProperties { RedirectUri = $"/account/arrived?return={Uri.EscapeDataString(CurrentAccount.SafeReturn(path))}" }, [OpenIdSetup.Scheme]);

    private static async Task<IResult> ArriveAsync(
        HttpContext http, OpenIdArrival arrival, ILogger<OpenIdArrival> logger, CancellationToken cancellationToken, [FromQuery(Name = "return")] string? path = null)
    {
        var known = await http.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (known.Principal is null)
        {
            return TypedResults.LocalRedirect("/account/sign-in?provider=failed");
        }

        if (await arrival.ArriveAsync(known.Principal, cancellationToken) is { } problem)
        {
            logger.LogWarning("Somebody whom the OpenID provider vouches for was not let in: {Problem}", problem);
            return TypedResults.LocalRedirect("/account/sign-in?provider=failed");
        }

        return TypedResults.LocalRedirect(CurrentAccount.SafeReturn(path));
    }
}
