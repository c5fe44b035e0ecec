using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Preserve.Web.Labels;

/// <summary>
/// A label's Markdown as page elements. The parsed tree is rendered node by node through Blazor's own encoder, so no text of the
/// catalog ever becomes markup: what has no case here, HTML included, comes out as the words it was written with.
/// </summary>
public sealed class LabelText : ComponentBase
{
    /// <summary>Deeper nesting than a label needs; below it only words are kept.</summary>
    private const int DeepestNesting = 12;

    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().DisableHtml()
        .UseAutoLinks(new AutoLinkOptions()).Build();

    /// <summary>Markdown; headings in it become third-level ones.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder) =>
        Blocks(builder, Markdown.Parse(Text, _pipeline), 0);

    private static void Blocks(RenderTreeBuilder builder, ContainerBlock blocks, int depth)
    {
        foreach (var block in blocks)
        {
            Block(builder, block, depth);
        }
    }

    private static void Block(RenderTreeBuilder builder, Block block, int depth)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Element(builder, "h3", () => Inlines(builder, heading.Inline, depth + 1));
                break;
            case ParagraphBlock paragraph:
                Element(builder, "p", () => Inlines(builder, paragraph.Inline, depth + 1));
                break;
            case CodeBlock code:
                Element(builder, "pre", () => builder.AddContent(0, code.Lines.ToString()));
                break;
            case ListBlock list when depth < DeepestNesting:
                Element(builder, list.IsOrdered ? "ol" : "ul", () => Blocks(builder, list, depth + 1));
                break;
            case ListItemBlock item:
                Element(builder, "li", () => Blocks(builder, item, depth + 1));
                break;
            case QuoteBlock quote when depth < DeepestNesting:
                Element(builder, "blockquote", () => Blocks(builder, quote, depth + 1));
                break;
            case LeafBlock { Inline: { } words }:
                Inlines(builder, words, depth + 1);
                break;
        }
    }

    private static void Inlines(RenderTreeBuilder builder, ContainerInline? inlines, int depth)
    {
        foreach (var inline in inlines ?? [])
        {
            Inline(builder, inline, depth);
        }
    }

    private static void Inline(RenderTreeBuilder builder, Inline inline, int depth)
    {
        switch (inline)
        {
            case LiteralInline literal:
                builder.AddContent(0, literal.Content.ToString());
                break;
            case CodeInline code:
                Element(builder, "code", () => builder.AddContent(0, code.Content));
                break;
            case LineBreakInline { IsHard: true }:
                Element(builder, "br", static () => { });
                break;
            case LineBreakInline:
                builder.AddContent(0, "\n");
                break;
            case HtmlEntityInline entity:
                builder.AddContent(0, entity.Transcoded.ToString());
                break;
            case AutolinkInline link:
                Link(builder, link.IsEmail ? "mailto:" + link.Url : link.Url, () => builder.AddContent(0, link.Url));
                break;
            case LinkInline link:
                Link(builder, link.IsImage ? null : link.Url, () => Inlines(builder, link, depth + 1));
                break;
            case EmphasisInline emphasis when depth < DeepestNesting:
                Element(builder, emphasis.DelimiterCount > 1 ? "strong" : "em", () => Inlines(builder, emphasis, depth + 1));
                break;
            case ContainerInline container:
                Inlines(builder, container, depth + 1);
                break;
        }
    }

    /// <summary>Only addresses that cannot run anything; anything else keeps its words and loses its link.</summary>
    private static void Link(RenderTreeBuilder builder, string? address, Action content)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "mailto"))
        {
            content();
            return;
        }

        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", uri.AbsoluteUri);
        builder.AddAttribute(2, "rel", "noopener noreferrer");
        content();
        builder.CloseElement();
    }

    private static void Element(RenderTreeBuilder builder, string name, Action content)
    {
        builder.OpenElement(0, name);
        content();
        builder.CloseElement();
    }
}
