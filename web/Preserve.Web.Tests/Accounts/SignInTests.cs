using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Accounts;

public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task The_set_up_link_makes_an_administrator_who_then_signs_in_and_out()
    {
        await using var museum = await Museum.OpenAsync();
        var path = await museum.Services.GetRequiredService<OneTimeLinks>().CreateAsync(LinkPurpose.Setup, null, Cancellation);
        using var person = new Person(museum);

        using var made = await person.SubmitAsync(path, "setup", new() { ["Name"] = "root", ["Password"] = Person.Password, ["Repeated"] = Person.Password });
        Assert.Contains("root is made", await made.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var again = await person.GetAsync(path);
        Assert.Contains("has been used", await again.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        using var signedIn = await person.SignInAsync("root", Person.Password, "/account/sign-in?return=%2Fadmin");
        Assert.Equal("/admin", PathOf(signedIn));
        using var admin = await person.GetAsync("/admin");
        Assert.Equal(HttpStatusCode.OK, admin.StatusCode);
        using var signedOut = await person.SubmitAsync("/account", "/account/sign-out", []);
        Assert.Equal("/", PathOf(signedOut));
        using var after = await person.GetAsync("/admin");
        Assert.StartsWith("/account/sign-in", PathOf(after), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Five_wrong_passwords_lock_an_account_and_an_administrator_opens_it()
    {
        await using var museum = await Museum.OpenAsync();
        var administration = museum.Services.GetRequiredService<AccountAdministration>();
        var (account, _) = await administration.CreateAsync(Actor.CommandLine, "mira", [], Person.Password, Cancellation);
        using var person = new Person(museum);

        for (var tries = 0; tries < 5; tries++)
        {
            using var wrong = await person.SignInAsync("mira", "not the password");
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var locked = await person.SignInAsync("mira", Person.Password);
        Assert.Contains("Too many wrong passwords", await locked.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await administration.UnlockAsync(Actor.CommandLine, account!.Id, Cancellation);
        using var open = await person.SignInAsync("mira", Person.Password);
        Assert.Equal(HttpStatusCode.Redirect, open.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_unknown_name_is_answered_as_a_wrong_password_is()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.Services.GetRequiredService<AccountAdministration>().CreateAsync(Actor.CommandLine, "mira", [], Person.Password, Cancellation);
        using var person = new Person(museum);

        using var unknown = await person.SignInAsync("nobody", "not the password");
        using var wrong = await person.SignInAsync("mira", "not the password");

        const string Words = "Name and password do not belong together";
        Assert.Contains(Words, await unknown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains(Words, await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_network_that_tries_too_often_has_to_wait()
    {
        await using var museum = await Museum.OpenAsync();
        using var person = new Person(museum);
        for (var tries = 0; tries < 20; tries++)
        {
            (await person.SignInAsync($"name-{tries}", "one common password")).Dispose();
        }

        using var late = await person.SignInAsync("name-21", "one common password");

        Assert.Equal(HttpStatusCode.TooManyRequests, late.StatusCode);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("")]
    public async Task Signing_in_leads_to_no_other_site(string path)
    {
        await using var museum = await Museum.OpenAsync();
        await museum.Services.GetRequiredService<AccountAdministration>().CreateAsync(Actor.CommandLine, "mira", [], Person.Password, Cancellation);
        using var person = new Person(museum);

        using var answer = await person.SignInAsync("mira", Person.Password, $"/account/sign-in?return={Uri.EscapeDataString(path)}");

        Assert.Equal("/account", PathOf(answer));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_form_without_its_token_signs_nobody_in()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.Services.GetRequiredService<AccountAdministration>().CreateAsync(Actor.CommandLine, "mira", [], Person.Password, Cancellation);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["Name"] = "mira", ["Password"] = Person.Password });

        using var answer = await museum.Client.PostAsync(new Uri("/account/sign-in", UriKind.Relative), form, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Closing_an_account_ends_its_sign_in_at_once()
    {
        await using var museum = await Museum.OpenAsync();
        using var person = await Person.WithRolesAsync(museum, Roles.Curator);
        using var before = await person.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        await museum.Services.GetRequiredService<AccountAdministration>().SetActiveAsync(Actor.CommandLine, person.Actor!.AccountId!.Value, isActive: false, Cancellation);

        using var after = await person.GetAsync("/account");
        Assert.StartsWith("/account/sign-in", PathOf(after), StringComparison.Ordinal);
        using var again = await person.SignInAsync(person.Actor.Name, Person.Password);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Changing_the_password_keeps_this_browser_and_signs_the_others_out()
    {
        await using var museum = await Museum.OpenAsync();
        using var here = await Person.WithRolesAsync(museum);
        using var elsewhere = new Person(museum);
        (await elsewhere.SignInAsync(here.Actor!.Name, Person.Password)).Dispose();

        using var changed = await here.SubmitAsync("/account/password", "password",
            new() { ["Current"] = Person.Password, ["Password"] = "another long password", ["Repeated"] = "another long password" });

        Assert.Contains("Changed.", await changed.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var stillHere = await here.GetAsync("/account");
        using var outThere = await elsewhere.GetAsync("/account");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (stillHere.StatusCode, outThere.StatusCode));
    }

    private static string PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { IsAbsoluteUri: true } address ? address.PathAndQuery : answer.Headers.Location?.ToString() ?? $"no redirect but {answer.StatusCode}";
}
