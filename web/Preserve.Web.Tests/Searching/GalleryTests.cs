using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Search;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Searching;

public sealed partial class GalleryTests
{
    private const int Limit = 120_000;

    [Fact(Timeout = Limit)]
    public async Task Five_hundred_exhibits_hang_on_pages_below_150_KB_and_all_are_reached_by_links()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            for (var number = 0; number < 500; number++)
            {
                catalog.Hang($"work-{number}", $"Work number {number}", number % 9 == 0 ? "" : $"{1970 + (number % 40)}");
            }
        });
        // What the background does in a service, which waits for no visitor.
        Assert.True(await museum.Services.GetRequiredService<SearchIndexer>().CatchUpAsync(100, TestContext.Current.CancellationToken));
        var seen = new List<string>();
        var pages = 0;
        for (var next = "/"; next is not null; pages++)
        {
            var page = await ReadAsync(museum, next);
            Assert.InRange(Encoding.UTF8.GetByteCount(page), 1, 150_000);
            seen.AddRange(Works().Matches(page).Select(match => match.Groups[1].Value));
            next = Next().Match(page) is { Success: true } found ? System.Net.WebUtility.HtmlDecode(found.Groups[1].Value) : null;
        }

        Assert.Equal(500, seen.Distinct().Count());
        Assert.Equal(500, seen.Count);
        Assert.Equal(11, pages);
        var first = await ReadAsync(museum, "/");
        Assert.Contains("500 exhibits from 1970 to 2009", first, StringComparison.Ordinal);
        Assert.Contains("href=\"/?era=1990\" aria-label=\"1990s, ", first, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_choice_narrows_keeps_the_words_and_leads_back()
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog =>
        {
            for (var number = 0; number < 12; number++)
            {
                catalog.Hang($"work-{number}", number % 2 == 0 ? "Even & odd" : "A thing", $"{1985 + number}");
            }
        });

        var page = await ReadAsync(museum, "/?era=1990&q=even");

        Assert.Equal(["work-6", "work-8", "work-10"], Works().Matches(page).Select(match => match.Groups[1].Value));
        Assert.Contains("3 exhibits match", page, StringComparison.Ordinal);
        Assert.Contains("<input type=\"hidden\" name=\"era\" value=\"1990\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/?q=even\" aria-current=\"true\"", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Two_exhibits_need_no_narrowing_and_none_says_so()
    {
        await using var museum = await Museum.OpenAsync();
        Assert.Contains("The walls are still bare", await ReadAsync(museum, "/"), StringComparison.Ordinal);
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("one");
            catalog.Hang("two");
        });

        var page = await ReadAsync(museum, "/");

        Assert.DoesNotContain("class=\"narrow\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"pager\"", page, StringComparison.Ordinal);
        Assert.Equal(2, Works().Count(page));
    }

    [Theory(Timeout = Limit)]
    [InlineData("/?q=%22%20OR%20*%20%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/?creator=%3Cscript%3Ealert(1)%3C/script%3E&q=%F0%9F%98%80%00%1B")]
    [InlineData("/?after=AAAA&era=x&limit=-1")]
    [InlineData("/?q=a&q=b")]
    public async Task Whatever_is_asked_is_answered_by_a_page_of_text(string path)
    {
        await using var museum = await Museum.OpenAsync();
        await museum.ChangeCatalogAsync(catalog => catalog.Hang("echo"));

        var page = await ReadAsync(museum, path);

        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Search the exhibition", page, StringComparison.Ordinal);
    }

    private static Task<string> ReadAsync(Museum museum, string path) =>
        museum.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    [GeneratedRegex("<li id=\"work-([^\"]+)\"")]
    private static partial Regex Works();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Next();
}
