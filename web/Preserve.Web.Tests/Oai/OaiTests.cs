using System.Net;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Events;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Withdrawals;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Oai;

/// <summary>
/// The protocol as a harvester meets it. The schema of OAI-PMH 2.0 is in no package that can be had here: <see cref="OaiStructure"/> holds every answer to
/// the elements, order, number and attributes that the specification gives.
/// </summary>
public sealed class OaiTests
{
    private const int Limit = 120_000;
    private static readonly XNamespace _oai = "http://www.openarchives.org/OAI/2.0/";
    private static readonly XNamespace _dc = "http://purl.org/dc/elements/1.1/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task The_repository_says_what_it_is()
    {
        await using var museum = await Museum.OpenAsync(("Preserve:Web:ContactMail", "archive@museum.example"));
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));

        var said = (await AskAsync(museum.Client, "verb=Identify")).Element(_oai + "Identify")!;

        Assert.Equal("2.0", (string?)said.Element(_oai + "protocolVersion"));
        Assert.Equal("archive@museum.example", (string?)said.Element(_oai + "adminEmail"));
        Assert.Equal(new Uri(museum.Address, "/oai").AbsoluteUri, (string?)said.Element(_oai + "baseURL"));
        Assert.Equal("1970-01-01T00:00:00Z", (string?)said.Element(_oai + "earliestDatestamp"));
        Assert.Equal(("transient", "YYYY-MM-DDThh:mm:ssZ"), ((string?)said.Element(_oai + "deletedRecord"), (string?)said.Element(_oai + "granularity")));
    }

    [Theory(Timeout = Limit)]
    [InlineData("", "badVerb")]
    [InlineData("verb=Sing", "badVerb")]
    [InlineData("verb=Identify&verb=Identify", "badVerb")]
    [InlineData("verb=Identify&identifier=x", "badArgument")]
    [InlineData("verb=GetRecord&identifier=preserve:object:echo", "badArgument")]
    [InlineData("verb=GetRecord&identifier=a&identifier=b&metadataPrefix=oai_dc", "badArgument")]
    [InlineData("verb=GetRecord&metadataPrefix=oai_dc", "badArgument")]
    [InlineData("verb=ListRecords", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&until=2026-01-01T00:00:00.5Z", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01", "badArgument")]
    [InlineData("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=", "badArgument")]
    [InlineData("verb=ListRecords&resumptionToken=x", "badResumptionToken")]
    [InlineData("verb=ListIdentifiers&resumptionToken=x", "badResumptionToken")]
    [InlineData("verb=ListSets&resumptionToken=x", "badResumptionToken")]
    [InlineData("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat")]
    [InlineData("verb=GetRecord&identifier=preserve:object:echo&metadataPrefix=marc21", "cannotDisseminateFormat")]
    [InlineData("verb=GetRecord&identifier=preserve:object:nothing&metadataPrefix=oai_dc", "idDoesNotExist")]
    [InlineData("verb=GetRecord&identifier=http://another/scheme&metadataPrefix=oai_dc", "idDoesNotExist")]
    [InlineData("verb=ListMetadataFormats&identifier=preserve:object:nothing", "idDoesNotExist")]
    [InlineData("verb=ListMetadataFormats&identifier=preserve:object:gone", "noMetadataFormats")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01", "noRecordsMatch")]
    [InlineData("verb=ListIdentifiers&metadataPrefix=oai_dc&set=platform:abacus", "noRecordsMatch")]
    public async Task Every_mistake_has_its_code_and_arguments_are_repeated_where_they_are_not_the_mistake(string query, string code)
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("echo");
            catalog.Hang("gone");
        });
        await WithdrawAsync(museum, "gone");

        var answer = await AskAsync(museum.Client, query);

        Assert.Equal(code, (string?)Assert.Single(answer.Elements(_oai + "error")).Attribute("code"));
        Assert.Equal(code is "badVerb" or "badArgument", !answer.Element(_oai + "request")!.HasAttributes);
    }

    [Theory(Timeout = Limit)]
    [InlineData("verb=ListSets")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&set=platform:i386")]
    public async Task A_house_without_records_has_no_sets(string query)
    {
        await using var museum = await Museum.OpenAsync();

        Assert.Equal("noSetHierarchy", (string?)(await AskAsync(museum.Client, query)).Element(_oai + "error")!.Attribute("code"));
    }

    [Fact(Timeout = Limit)]
    public async Task A_record_is_Dublin_Core_with_the_address_of_its_exhibit_and_no_text_breaks_out_of_it()
    {
        await using var museum = await Museum.OpenAsync();
        const string attack = "</dc:title><script>alert(1)</script> & \"'\u0001\uFFFF";
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo", title: attack, words: attack));

        var record = (await AskAsync(museum.Client, "verb=GetRecord&identifier=preserve:object:echo&metadataPrefix=oai_dc")).Descendants(_oai + "record").Single();

        Assert.Equal(attack.Replace('\u0001', '\uFFFD').Replace('\uFFFF', '\uFFFD'), (string?)record.Descendants(_dc + "title").Single());
        Assert.Equal(
            ["preserve:object:echo", new Uri(museum.Address, "/exhibits/echo").AbsoluteUri],
            record.Descendants(_dc + "identifier").Select(element => element.Value));
        Assert.Equal("platform:i386", (string?)record.Descendants(_oai + "setSpec").Single());
        Assert.Equal("preserve:object:echo", (string?)record.Element(_oai + "header")!.Element(_oai + "identifier"));
    }

    [Fact(Timeout = Limit)]
    public async Task Only_what_is_open_to_the_harvester_is_harvested_and_an_embargo_that_ends_is_a_change()
    {
        await using var museum = await Museum.OpenAsync();
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);
        var now = TimeProvider.System.GetUtcNow();
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("draft", isPublished: false);
            catalog.Hang("open");
            catalog.Hang("embargoed").EmbargoUntil = now.AddDays(1).ToUnixTimeMilliseconds();
            catalog.Hang("freed").EmbargoUntil = now.AddDays(-1).ToUnixTimeMilliseconds();
            catalog.Hang("secret").Audience = Audience.Researchers;
        });

        Assert.Equal(["freed", "open"], await ListAsync(museum.Client, ""));
        Assert.Equal(["freed"], await ListAsync(museum.Client, $"&from={now.AddDays(-2):yyyy-MM-dd}"));
        Assert.Equal(["open"], await ListAsync(museum.Client, "&until=1970-01-01T00:00:00Z"));
        Assert.Equal(["freed", "open"], await ListAsync(museum.Client, "&set=platform:i386"));
        Assert.Equal(["freed", "open", "secret"], await ListAsync(researcher.Client, ""));
        Assert.Equal("idDoesNotExist", (string?)(await AskAsync(museum.Client, "verb=GetRecord&identifier=preserve:object:embargoed&metadataPrefix=oai_dc"))
            .Element(_oai + "error")!.Attribute("code"));
    }

    [Fact(Timeout = Limit)]
    public async Task A_withdrawn_object_is_a_deleted_record_and_newer_than_before()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        await WithdrawAsync(museum, "echo");

        var listed = (await AskAsync(museum.Client, "verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01")).Descendants(_oai + "record").Single();
        var single = (await AskAsync(museum.Client, "verb=GetRecord&identifier=preserve:object:echo&metadataPrefix=oai_dc")).Descendants(_oai + "record").Single();

        Assert.All(new[] { listed, single }, record =>
        {
            Assert.Equal("deleted", (string?)record.Element(_oai + "header")!.Attribute("status"));
            Assert.Null(record.Element(_oai + "metadata"));
        });
    }

    [Theory(Timeout = Limit)]
    [InlineData("ListRecords")]
    [InlineData("ListIdentifiers")]
    public async Task A_long_list_comes_in_parts_each_record_once_and_its_tokens_open_nothing_else(string verb)
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(AddMany);
        var ids = new List<string>();
        var cursors = new List<string>();
        var query = $"verb={verb}&metadataPrefix=oai_dc&set=platform:i386";
        string? first = null;
        do
        {
            var answer = await AskAsync(museum.Client, query);
            ids.AddRange(answer.Descendants(_oai + "header").Select(header => header.Element(_oai + "identifier")!.Value));
            var token = answer.Descendants(_oai + "resumptionToken").Single();
            cursors.Add($"{(string?)token.Attribute("cursor")} of {(string?)token.Attribute("completeListSize")}");
            first ??= token.Value;
            query = token.Value.Length > 0 ? $"verb={verb}&resumptionToken={Uri.EscapeDataString(token.Value)}" : "";
        }
        while (query.Length > 0);

        Assert.Equal(["0 of 205", "100 of 205", "200 of 205"], cursors);
        Assert.Equal(205, ids.Distinct().Count());
        Assert.Equal(205, ids.Count);
        var other = verb == "ListRecords" ? "ListIdentifiers" : "ListRecords";
        Assert.Equal("badResumptionToken", (string?)(await AskAsync(museum.Client, $"verb={other}&resumptionToken={Uri.EscapeDataString(first!)}")).Element(_oai + "error")!.Attribute("code"));
        Assert.Equal("badResumptionToken", (string?)(await AskAsync(museum.Client, $"verb={verb}&resumptionToken={Uri.EscapeDataString(first![..^2] + "AA")}")).Element(_oai + "error")!.Attribute("code"));
    }

    [Fact(Timeout = Limit)]
    public async Task A_request_may_be_posted_as_a_form()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));
        using var form = new FormUrlEncodedContent([new("verb", "ListIdentifiers"), new("metadataPrefix", "oai_dc")]);

        using var answer = await museum.Client.PostAsync(new Uri("/oai", UriKind.Relative), form, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("preserve:object:echo", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    // On top of one work: objects without media, so that there can be many.
    private static void AddMany(CatalogContext catalog)
    {
        var work = catalog.Hang("m-000");
        catalog.SaveChanges();
        var environment = catalog.Environments.AsNoTracking().Single();
        for (var number = 1; number < 205; number++)
        {
            var id = $"m-{number:000}";
            catalog.Objects.Add(new PreservedObject { Id = id, Title = id, CreatedAt = number });
            catalog.Environments.Add(new Catalog.Environments.PreservedEnvironment
            {
                Id = id, ObjectId = id, Title = id, ProfileId = environment.ProfileId, ProfileVersion = environment.ProfileVersion, MemoryMiB = 16, Boot = "floppy",
            });
            catalog.Exhibits.Add(new Exhibit { Slug = id, Title = id, ObjectId = id, RightsBasis = "MIT", IsPublished = true, CreatedAt = 1 });
        }

        catalog.Events.Add(new PreservationEvent { Type = "ingestion", ObjectId = work.ObjectId, OccurredAt = 5, Agent = "a", Outcome = "success" });
    }

    private static async Task WithdrawAsync(Museum museum, string id) => Assert.Empty((await museum.Services.GetRequiredService<Withdrawals>()
        .WithdrawAsync(Actor.CommandLine, id, "The maker asked.", Cancellation)).Problems);

    private static async Task<IReadOnlyList<string>> ListAsync(HttpClient client, string more) =>
        [.. (await AskAsync(client, $"verb=ListIdentifiers&metadataPrefix=oai_dc{more}")).Descendants(_oai + "identifier").Select(element => element.Value["preserve:object:".Length..])];

    private static async Task<XElement> AskAsync(HttpClient client, string query)
    {
        using var answer = await client.GetAsync(new Uri($"/oai?{query}", UriKind.Relative), Cancellation);
        Assert.Equal((HttpStatusCode.OK, "text/xml; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        var document = XDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        OaiStructure.Check(document.Root!);
        return document.Root!;
    }
}
