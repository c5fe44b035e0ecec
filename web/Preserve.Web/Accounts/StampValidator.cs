using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Preserve.Catalog.Accounts;

namespace Preserve.Web.Accounts;

/// <summary>
/// Compares the cookie's stamp with the account's at every request: new roles, a new password or a closed account end every sign-in at
/// once. One small query for each request of somebody signed in.
/// </summary>
public sealed class StampValidator(SignInManager<Account> signIn) : ISecurityStampValidator
{
    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (await signIn.ValidateSecurityStampAsync(context.Principal) is not { IsActive: true })
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
    }
}
