using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Events;
using Preserve.Catalog.Storage;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Pages;

public sealed class PageTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task The_gallery_hangs_exhibits_by_decade_oldest_first()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("later", "Later", "2006");
            catalog.Hang("undated", "Undated thing", "unknown");
            catalog.Hang("first", "First", "about 1987");
        });

        var page = await ReadAsync(museum, "/");

        Assert.Contains("3 exhibits from 1987 to 2006", page, StringComparison.Ordinal);
        AssertInOrder(page, "id=\"d1980\"", "/exhibits/first", "id=\"d2000\"", "/exhibits/later", "id=\"undated\"", "/exhibits/undated");
    }

    [Fact(Timeout = Limit)]
    public async Task Search_is_a_plain_form_that_forgives_a_slip()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("painter", "The Painter");
            catalog.Hang("tune", "A tune");
        });

        var page = await ReadAsync(museum, "/?q=paniter");

        Assert.Contains("/exhibits/painter", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/exhibits/tune", page, StringComparison.Ordinal);
        Assert.Contains("One exhibit matches", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task The_exhibit_page_reads_like_a_label_and_hosts_the_player()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("echo", "An echo", words: "Says *what* you type.");
            catalog.Events.Add(new PreservationEvent
            {
                Type = "fixity check", ObjectId = "echo", Agent = "a test", Outcome = "success",
                OccurredAt = new DateTimeOffset(2026, 11, 12, 3, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
            });
        });

        var page = await ReadAsync(museum, "/exhibits/echo");

        AssertInOrder(page, "<h1>An echo</h1>", "An echo, 1987", "One 1.44 MB floppy disk", "Generic PC", "<em>what</em>", "One thing to try");
        Assert.Contains("<preserve-player exhibit=\"echo\"", page, StringComparison.Ordinal);
        Assert.Contains("data-start=\"echo\"", page, StringComparison.Ordinal);
        Assert.Contains("Your turn lasts 15 minutes", page, StringComparison.Ordinal);
        Assert.Contains("Verified on 12 November 2026", page, StringComparison.Ordinal);
        Assert.Contains("<noscript>", page, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("/exhibits/nothing")]
    [InlineData("/nothing/at/all")]
    public async Task An_unknown_address_is_a_page_in_words(string path)
    {
        await using var museum = await Museum.OpenAsync();

        using var answer = await museum.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("There is nothing at this address.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("[press me](javascript:alert(1)) <b>bold</b>")]
    public async Task Attack_strings_in_every_field_are_shown_as_text(string attack)
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("attack", attack, attack, attack));

        foreach (var path in new[] { "/", "/exhibits/attack", $"/?q={Uri.EscapeDataString(attack)}" })
        {
            var page = await ReadAsync(museum, path);
            Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("href=\"javascript:", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<b>", page, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_poster_is_served_once_and_found_unchanged_afterwards()
    {
        await using var museum = await Museum.OpenAsync();
        var poster = await museum.Services.GetRequiredService<IContentStore>().PutAsync(new MemoryStream([1, 2, 3]), 10, TestContext.Current.CancellationToken);
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo", poster: poster.Sha256));
        using var first = await museum.Client.GetAsync(new Uri("/exhibits/echo/poster.png", UriKind.Relative), TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/exhibits/echo/poster.png");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await museum.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal($"\"{poster.Sha256}\"", first.Headers.ETag!.Tag);
        Assert.Equal("image/png", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task A_text_screen_hangs_in_the_shape_its_monitor_gave_it()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo", poster: new string('b', 64)));

        var page = await ReadAsync(museum, "/exhibits/echo");

        Assert.Contains("viewBox=\"0 0 720 540\"", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_page_can_be_asked_for_by_its_head()
    {
        await using var museum = await Museum.OpenAsync();

        using var answer = await museum.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task<string> ReadAsync(Museum museum, string path) =>
        museum.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private static void AssertInOrder(string page, params string[] parts)
    {
        var from = 0;
        foreach (var part in parts)
        {
            var at = page.IndexOf(part, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{part}' is not after the others in the page.");
            from = at;
        }
    }
}
