using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Preserve.Web.Labels;

namespace Preserve.Web.Tests.Labels;

public sealed class LabelTextTests
{
    [Theory]
    [InlineData("Plain words.", "<p>Plain words.</p>")]
    [InlineData("# A head\n\nSome *thin* and **strong** `code`.", "<h3>A head</h3><p>Some <em>thin</em> and <strong>strong</strong> <code>code</code>.</p>")]
    [InlineData("- one\n- two", "<ul><li><p>one</p></li><li><p>two</p></li></ul>")]
    [InlineData("[a link](https://example.org/a?b=c&d)", "<p><a href=\"https://example.org/a?b=c&amp;d\" rel=\"noopener noreferrer\">a link</a></p>")]
    [InlineData("[press](javascript:alert(1))", "<p>press</p>")]
    [InlineData("[press](data:text/html,x)", "<p>press</p>")]
    [InlineData("![words](https://example.org/spy.png)", "<p>words</p>")]
    [InlineData("<b onclick=x>bold</b>", "<p>&lt;b onclick=x&gt;bold&lt;/b&gt;</p>")]
    [InlineData("<script>\nalert(1)\n</script>", "<p>&lt;script&gt;&#xA;alert(1)&#xA;&lt;/script&gt;</p>")]
    public async Task Markdown_becomes_elements_and_everything_else_stays_words(string markdown, string page) =>
        Assert.Equal(page, await RenderAsync<LabelText>(markdown));

    [Fact]
    public async Task Deep_nesting_ends_in_words_and_not_in_a_crash()
    {
        var page = await RenderAsync<LabelText>(string.Concat(Enumerable.Repeat("> ", 100)) + "deep");

        Assert.DoesNotContain("deep", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dir<enter>", "<span>dir<kbd>enter</kbd></span>")]
    [InlineData("<Ctrl+Alt+Del> starts again", "<span><kbd>Ctrl&#x2B;Alt&#x2B;Del</kbd> starts again</span>")]
    [InlineData("<script>", "<span>&lt;script&gt;</span>")]
    public async Task Keys_between_angle_brackets_are_shown_as_keys(string text, string page) =>
        Assert.Equal(page, (await RenderAsync<KeyText>(text)).Replace("\n", "", StringComparison.Ordinal).Replace("    ", "", StringComparison.Ordinal));

    private static async Task<string> RenderAsync<T>(string text)
        where T : IComponent
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(
            ParameterView.FromDictionary(new Dictionary<string, object?> { ["Text"] = text }))).ToHtmlString());
    }
}
