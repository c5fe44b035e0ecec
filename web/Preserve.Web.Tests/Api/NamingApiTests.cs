using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Objects;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Api;

public sealed class NamingApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task What_a_curator_states_is_on_pages_in_the_API_and_in_what_is_harvested()
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        using var rights = await curator.Client.PutAsJsonAsync("/api/objects/echo/rights", new object[]
        {
            new { basis = "licence", uri = "http://creativecommons.org/licenses/by/4.0" },
            new { basis = "copyright", copyrightStatus = "copyrighted", jurisdiction = "DE", uri = "http://rightsstatements.org/vocab/InC/1.0/", terms = "<b>Heirs</b> unknown." },
        }, Cancellation);
        using var names = await curator.Client.PutAsJsonAsync("/api/objects/echo/identifiers", new[]
        {
            new { scheme = "doi", value = "https://doi.org/10.5281/Zenodo.1" }, new { scheme = "own", value = "<script>alert(1)</script>" },
        }, Cancellation);
        var told = await museum.Client.GetFromJsonAsync<JsonElement>("/api/objects/echo", Cancellation);
        var exhibit = await museum.Client.GetStringAsync(new Uri("/exhibits/echo", UriKind.Relative), Cancellation);
        var page = await museum.Client.GetStringAsync(new Uri("/objects/echo", UriKind.Relative), Cancellation);
        var harvested = await museum.Client.GetStringAsync(new Uri("/oai?verb=ListRecords&metadataPrefix=oai_dc", UriKind.Relative), Cancellation);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (rights.StatusCode, names.StatusCode));
        Assert.Equal(("licence", "https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0"),
            (told.GetProperty("rightsStatements")[0].GetProperty("basis").GetString(), told.GetProperty("rightsStatements")[0].GetProperty("uri").GetString(), told.GetProperty("rightsStatements")[0].GetProperty("label").GetString()));
        Assert.Equal(("10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1"),
            (told.GetProperty("identifiers")[0].GetProperty("value").GetString(), told.GetProperty("identifiers")[0].GetProperty("link").GetString()));
        Assert.All([exhibit, page], html =>
        {
            Assert.Contains("href=\"https://creativecommons.org/licenses/by/4.0/\" rel=\"license\">Creative Commons Attribution 4.0</a>", html, StringComparison.Ordinal);
            Assert.Contains("href=\"https://doi.org/10.5281/zenodo.1\">10.5281/zenodo.1</a>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>Heirs", html, StringComparison.Ordinal);
        });
        Assert.Contains("<dc:identifier>https://doi.org/10.5281/zenodo.1</dc:identifier>", harvested, StringComparison.Ordinal);
        Assert.Contains("<dc:rights>http://rightsstatements.org/vocab/InC/1.0/</dc:rights>", harvested, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_object_is_found_by_its_identifier_only_by_whom_it_is_open_to()
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var one = await curator.Client.PutAsJsonAsync("/api/objects/echo/identifiers", new[] { new { scheme = "local", value = "1987.42.1" } }, Cancellation);
        using var other = await curator.Client.PutAsJsonAsync("/api/objects/draft/identifiers", new[] { new { scheme = "wikidata", value = "Q42" } }, Cancellation);

        var found = await museum.Client.GetFromJsonAsync<string[]>("/api/identifiers?value=1987.42.1", Cancellation);
        var hidden = await museum.Client.GetFromJsonAsync<string[]>("/api/identifiers?value=Q42&scheme=wikidata", Cancellation);
        var seen = await curator.Client.GetFromJsonAsync<string[]>("/api/identifiers?value=https://www.wikidata.org/wiki/Q42", Cancellation);

        Assert.Equal(["echo"], found!);
        Assert.Empty(hidden!);
        Assert.Equal(["draft"], seen!);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_in_neither_list_or_taken_is_refused_in_words()
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var first = await curator.Client.PutAsJsonAsync("/api/objects/echo/identifiers", new[] { new { scheme = "doi", value = "10.1000/1" } }, Cancellation);

        using var rights = await curator.Client.PutAsJsonAsync("/api/objects/echo/rights", new[] { new { basis = "licence", uri = "javascript:alert(1)" } }, Cancellation);
        using var basis = await curator.Client.PutAsJsonAsync("/api/objects/echo/rights", new[] { new { basis = "hearsay" } }, Cancellation);
        using var taken = await curator.Client.PutAsJsonAsync("/api/objects/draft/identifiers", new[] { new { scheme = "doi", value = "10.1000/1" } }, Cancellation);

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity], [rights.StatusCode, basis.StatusCode, taken.StatusCode]);
        Assert.Contains("neither a statement of RightsStatements.org", await WordsAsync(rights), StringComparison.Ordinal);
        Assert.Contains("'10.1000/1' is the DOI of 'echo' already.", await WordsAsync(taken), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Objects_that_are_hidden_do_not_take_the_place_of_one_that_is_open()
    {
        await using var museum = await OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            for (var number = 0; number < IdentifierDesk.Most; number++)
            {
                catalog.Objects.Add(new PreservedObject { Id = $"a-{number:00}", Title = "Hidden", Rights = "MIT", ResearchUse = ResearchUse.Curators, CreatedAt = 1 });
                catalog.Identifiers.Add(new ObjectIdentifier { ObjectId = $"a-{number:00}", Scheme = "local", Value = "1987.42" });
            }

            catalog.Identifiers.Add(new ObjectIdentifier { ObjectId = "draft", Scheme = "local", Value = "1987.42" });
            catalog.Identifiers.Add(new ObjectIdentifier { ObjectId = "echo", Scheme = "local", Value = "1987.42" });
        });
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        var visitors = await museum.Client.GetFromJsonAsync<string[]>("/api/identifiers?value=1987.42", Cancellation);
        var researchers = await researcher.Client.GetFromJsonAsync<string[]>("/api/identifiers?value=1987.42", Cancellation);
        var curators = await curator.Client.GetFromJsonAsync<string[]>("/api/identifiers?value=1987.42", Cancellation);

        Assert.Equal(["echo"], visitors!);
        Assert.Equal(["draft", "echo"], researchers!);
        Assert.Equal(IdentifierDesk.Most, curators!.Length);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("rights")]
    [InlineData("identifiers")]
    [InlineData("software")]
    public async Task A_list_with_null_in_it_is_refused_in_words(string what)
    {
        await using var museum = await OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        using var answer = await curator.Client.PutAsJsonAsync($"/api/objects/echo/{what}", new object?[] { null }, Cancellation);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Entry 1 of the list is null", await WordsAsync(answer), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/api/objects/echo/rights")]
    [InlineData("/api/objects/echo/identifiers")]
    public async Task Nobody_but_curators_states_anything(string path)
    {
        await using var museum = await OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);

        using var visitor = await museum.Client.PutAsJsonAsync(path, Array.Empty<object>(), Cancellation);
        using var other = await researcher.Client.PutAsJsonAsync(path, Array.Empty<object>(), Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (visitor.StatusCode, other.StatusCode));
    }

    private static async Task<Museum> OpenAsync()
    {
        var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("draft", isPublished: false));
        return museum;
    }

    private static async Task<string> WordsAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString()!;
}
