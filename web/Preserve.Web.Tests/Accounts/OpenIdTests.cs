using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Web.Accounts;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Accounts;

public sealed class OpenIdTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Somebody_known_to_the_provider_gets_an_account_with_the_mapped_role()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        provider.Groups = ["staff-curators", "canteen"];
        await using var museum = await OpenAsync(provider);

        var page = await ArriveAsync(museum);

        Assert.Contains("You are curator.", page, StringComparison.Ordinal);
        var account = Assert.Single(await AccountsAsync(museum));
        Assert.Equal(("mira", Roles.Curator, false), (account.Name, Assert.Single(account.Roles), account.HasPassword));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_provider_decides_roles_at_each_sign_in_and_knows_people_by_id_not_by_name()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        provider.Groups = ["staff-curators"];
        await using var museum = await OpenAsync(provider);
        await ArriveAsync(museum);

        (provider.Groups, provider.Name) = ([], "mira-married");
        var page = await ArriveAsync(museum);

        Assert.Contains("no role yet", page, StringComparison.Ordinal);
        Assert.Equal("mira", Assert.Single(await AccountsAsync(museum)).Name);

        (provider.Subject, provider.Name) = ("person-8", "mira");
        await ArriveAsync(museum);
        Assert.Equal(2, (await AccountsAsync(museum)).Count);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_closed_account_and_a_refusal_of_the_provider_end_on_the_sign_in_page()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        await using var museum = await OpenAsync(provider);
        await ArriveAsync(museum);
        var id = (await AccountsAsync(museum))[0].Id;
        await museum.Services.GetRequiredService<AccountAdministration>().SetActiveAsync(Actor.CommandLine, id, isActive: false, Cancellation);

        Assert.Contains("did not let you in", await ArriveAsync(museum), StringComparison.Ordinal);
        provider.Refuses = true;
        Assert.Contains("did not let you in", await ArriveAsync(museum), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_in_the_options_is_told_at_once()
    {
        var options = new OpenIdOptions { Authority = "http://museum.example", ClientSecretFile = "/nothing/here", Roles = { ["a"] = "emperor" } };

        Assert.Equal(4, options.Problems().Count());
        Assert.Empty(new OpenIdOptions().Problems());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Museum> OpenAsync(OpenIdProvider provider)
    {
        var secret = Path.Combine(_folder.Path, "secret");
        await File.WriteAllTextAsync(secret, OpenIdProvider.ClientSecret + "\n", Cancellation);
        return await Museum.OpenAsync(
            ("Preserve:OpenId:Authority", provider.Authority), ("Preserve:OpenId:ClientId", OpenIdProvider.ClientId),
            ("Preserve:OpenId:ClientSecretFile", secret), ("Preserve:OpenId:RoleClaim", "groups"),
            ("Preserve:OpenId:Roles:staff-curators", Roles.Curator));
    }

    /// <summary>Presses the button of the sign-in page, follows every redirect, and answers the page it ends on.</summary>
    private static async Task<string> ArriveAsync(Museum museum)
    {
        using var person = new Person(museum);
        using var begun = await person.SubmitAsync("/account/sign-in", "/account/sign-in/provider", []);
        var next = begun.Headers.Location;
        for (var hops = 0; next is not null && hops < 10; hops++)
        {
            using var answer = await person.Client.GetAsync(next.IsAbsoluteUri ? next : new Uri(museum.Address, next), Cancellation);
            next = answer.Headers.Location;
            if (next is null)
            {
                return await answer.Content.ReadAsStringAsync(Cancellation);
            }
        }

        return "";
    }

    private static async Task<IReadOnlyList<AccountSummary>> AccountsAsync(Museum museum)
    {
        await using var context = await museum.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(Cancellation);
        return await context.ListAccountsAsync(Cancellation);
    }
}
