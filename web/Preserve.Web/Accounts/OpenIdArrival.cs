using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;

namespace Preserve.Web.Accounts;

/// <summary>Somebody comes back from the OpenID provider: finds or makes the account, brings its roles in line, signs in.</summary>
/// <remarks>An account is found by the provider's own id of the person (<c>sub</c>), never by name: names at the provider can be given to others.</remarks>
public sealed class OpenIdArrival(
    AccountSignIn signIn, UserManager<Account> accounts, CatalogContext catalog, AccountAdministration administration, OpenIdOptions openId)
{
    /// <summary>Words for the person when it did not work; null when they are signed in.</summary>
    public async Task<string?> ArriveAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (person.FindFirstValue("sub") is not { Length: > 0 and <= 255 } subject)
        {
            return "The provider did not say who you are.";
        }

        var account = await accounts.FindByLoginAsync(openId.Authority, subject);
        if (account is null)
        {
            (account, var result) = await CreateAsync(person, subject, cancellationToken);
            if (account is null)
            {
                return string.Join(' ', result.Problems);
            }
        }

        await BringInLineAsync(account, person, cancellationToken);
        return (await signIn.SignInFromProviderAsync(account, cancellationToken)).Succeeded ? null : "This account is closed.";
    }

    private async Task<(Account? Account, AccountResult Result)> CreateAsync(ClaimsPrincipal person, string subject, CancellationToken cancellationToken)
    {
        var actor = Actor.Service with { Name = "OpenID provider" };
        var (created, result) = await administration.CreateAsync(actor, NameOf(person, subject), [], password: null, cancellationToken);
        if (created is null)
        {
            // Taken, or of characters that we do not have: any name will do, the person is known by the subject.
            var name = $"person-{Guid.NewGuid():N}"[..20];
            (created, result) = await administration.CreateAsync(actor, name, [], password: null, cancellationToken);
        }

        if (created is null)
        {
            return (null, result);
        }

        var account = (await accounts.FindByIdAsync(created.Id.ToString()))!;
        await accounts.AddLoginAsync(account, new UserLoginInfo(openId.Authority, subject, openId.Title));
        return (account, result);
    }

    /// <summary>Where roles are mapped the provider decides; without a map, an administrator here does.</summary>
    private async Task BringInLineAsync(Account account, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (openId.Roles.Count == 0)
        {
            return;
        }

        var wanted = person.FindAll(openId.RoleClaim).Select(claim => openId.Roles.GetValueOrDefault(claim.Value)).OfType<string>().Distinct().Order().ToList();
        var had = await accounts.GetRolesAsync(account);
        if (!wanted.SequenceEqual(had.Order()))
        {
            await administration.SetRolesAsync(Actor.Service with { Name = "OpenID provider" }, account.Id, wanted, cancellationToken);

            // That was another unit of work, and the cookie must carry the stamp it left.
            await catalog.Entry(account).ReloadAsync(cancellationToken);
        }
    }

    private static string NameOf(ClaimsPrincipal person, string subject) =>
        person.FindFirstValue("preferred_username") is { Length: > 0 } name ? name : subject;
}
