using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;

namespace Preserve.Web.Accounts;

/// <summary>Signs people in and out. Closed accounts stay out, and every sign-in and refusal is in the audit trail.</summary>
public sealed class AccountSignIn(
    UserManager<Account> accounts,
    IHttpContextAccessor http,
    IUserClaimsPrincipalFactory<Account> principals,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Account>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Account> confirmation,
    IDbContextFactory<CatalogContext> contexts,
    AuditTrail audit,
    TimeProvider time)
    : SignInManager<Account>(accounts, http, principals, options, logger, schemes, confirmation)
{
    private static readonly Actor _stranger = new(null, "visitor", "visitor");

    // Any password takes as long to judge whether its account exists or not.
    private static readonly Lazy<string> _nobodysHash = new(() => new PasswordHasher<Account>().HashPassword(new Account(), "nobody's password"));

    public override async Task<bool> CanSignInAsync(Account user) => user.IsActive && await base.CanSignInAsync(user);

    /// <summary>By name and password. What was wrong is said to nobody but the trail.</summary>
    public async Task<SignInResult> SignInAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (await UserManager.FindByNameAsync(name) is not { } account)
        {
            _ = UserManager.PasswordHasher.VerifyHashedPassword(new Account(), _nobodysHash.Value, password);
            await audit.RecordAsync(_stranger, AuditAction.SignInRefused, name, "no such account", AuditOutcome.Refused, cancellationToken);
            return SignInResult.Failed;
        }

        var result = await PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true);
        await RecordAsync(account, result, "by password", cancellationToken);
        return result;
    }

    /// <summary>An account that an OpenID provider vouches for.</summary>
    public async Task<SignInResult> SignInFromProviderAsync(Account account, CancellationToken cancellationToken)
    {
        var result = await CanSignInAsync(account) ? SignInResult.Success : SignInResult.NotAllowed;
        if (result.Succeeded)
        {
            await SignInAsync(account, isPersistent: false);
        }

        await RecordAsync(account, result, "by the OpenID provider", cancellationToken);
        return result;
    }

    /// <summary>Ends the sign-in of this browser.</summary>
    public async Task SignOutAsync(Account account, CancellationToken cancellationToken)
    {
        await SignOutAsync();
        await audit.RecordAsync(await ActorAsync(account), AuditAction.SignedOut, account.Id.ToString(), account.UserName!, AuditOutcome.Done, cancellationToken);
    }

    private async Task RecordAsync(Account account, SignInResult result, string how, CancellationToken cancellationToken)
    {
        var detail = result switch
        {
            { Succeeded: true } => how,
            { IsLockedOut: true } => $"{how}: locked after too many wrong passwords",
            { IsNotAllowed: true } => $"{how}: the account is closed",
            _ => $"{how}: wrong password",
        };
        await audit.RecordAsync(
            await ActorAsync(account), result.Succeeded ? AuditAction.SignedIn : AuditAction.SignInRefused, account.Id.ToString(), $"{account.UserName}: {detail}",
            result.Succeeded ? AuditOutcome.Done : AuditOutcome.Refused, cancellationToken);
        if (result.Succeeded)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await context.Accounts.Where(row => row.Id == account.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSignInAt, now), cancellationToken);
        }
    }

    private async Task<Actor> ActorAsync(Account account) => Actor.Of(account, await UserManager.GetRolesAsync(account));
}
