using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Preserve.Catalog.Accounts;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Api;

public sealed class InputApiTests
{
    private const int Limit = 60_000;
    private static readonly Uri _input = new("/api/exhibits/echo/input", UriKind.Relative);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task Only_curators_see_and_set_the_input_of_an_exhibit()
    {
        await using var museum = await Sharing.OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);

        Assert.Equal(HttpStatusCode.Unauthorized, (await museum.Client.GetAsync(_input, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await researcher.Client.PutAsJsonAsync(_input, new { quickKeys = Array.Empty<object>() }, Cancellation)).StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task What_a_curator_sets_is_there_again_and_what_cannot_be_is_refused_with_the_reason()
    {
        await using var museum = await Sharing.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        var own = new { keyboard = "xt", quickKeys = new[] { new { label = "Stop", keys = "Ctrl+C" } }, gamepad = new { stick = "mouse", buttons = new[] { "Mouse left", "" } } };

        using var set = await curator.Client.PutAsJsonAsync(_input, own, Cancellation);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        var found = await curator.Client.GetFromJsonAsync<JsonObject>(_input, Cancellation);
        Assert.Equal(("xt", "Ctrl+C", "Mouse left"), ((string?)found!["keyboard"], (string?)found["quickKeys"]![0]!["keys"], (string?)found["gamepad"]!["buttons"]![0]));

        foreach (var wrong in new[] { """{"keyboard":"qwerty"}""", """{"quickKeys":[null]}""", """{"quickKeys":[{"label":"A","keys":"Ctrl+Nothing"}]}""", """{"gamepad":{"stick":"cursor","buttons":[null,"F99"]}}""" })
        {
            using var refused = await curator.Client.PutAsync(_input, new StringContent(wrong, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancellation);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await curator.Client.PutAsJsonAsync(new Uri("/api/exhibits/nothing/input", UriKind.Relative), own, Cancellation)).StatusCode);
    }
}
