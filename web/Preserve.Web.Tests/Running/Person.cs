using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;

namespace Preserve.Web.Tests.Running;

/// <summary>Somebody at a browser of their own: cookies, forms with all their hidden fields, redirects not followed.</summary>
public sealed partial class Person(Museum museum) : IDisposable
{
    public const string Password = "correct horse battery";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = museum.Address, Timeout = TimeSpan.FromSeconds(30) };

    public Actor? Actor { get; private set; }

    /// <summary>Makes an account with these roles and signs in.</summary>
    public static async Task<Person> WithRolesAsync(Museum museum, params string[] roles)
    {
        var person = new Person(museum);
        var (account, result) = await museum.Services.GetRequiredService<AccountAdministration>().CreateAsync(
            Actor.CommandLine, $"person-{Guid.NewGuid():N}"[..20], roles, Password, Cancellation);
        Assert.Empty(result.Problems);
        person.Actor = Actor.Of(account!, roles);
        using var answer = await person.SignInAsync(account!.UserName!, Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return person;
    }

    public Task<HttpResponseMessage> SignInAsync(string name, string password, string path = "/account/sign-in") =>
        SubmitAsync(path, "sign-in", new() { ["Name"] = name, ["Password"] = password });

    public async Task<HttpResponseMessage> GetAsync(string path) => await Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

    /// <summary>Opens a page and sends the form with this handler, or this action, filled in.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, Dictionary<string, string> fields)
    {
        using var answer = await GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        var found = Forms().Matches(page).Select(match => match.Value).Single(text => text.Contains($"\"{form}\"", StringComparison.Ordinal));
        var hidden = Hidden().Matches(found).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        using var content = new FormUrlEncodedContent(hidden.Concat(fields));
        var action = Action().Match(found) is { Success: true } named ? WebUtility.HtmlDecode(named.Groups[1].Value) : path;
        return await Client.PostAsync(new Uri(action, UriKind.Relative), content, Cancellation);
    }

    public void Dispose() => Client.Dispose();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex Action();
}
