using System.Text;
using Preserve.Emulation.Text;
using Preserve.Workers.Printing;

namespace Preserve.Workers.Tests.Printing;

public sealed class PrintedTextTests
{
    [Fact]
    public void Lines_tabs_overprinting_and_pages_are_where_a_printer_puts_them()
    {
        var text = Read("one\r\n\ttab\r\nbold\rbold\r\nunder\b\b\b\b\b_____\r\n\fnext page\nunix");

        Assert.Equal(2, text.Pages.Count);
        Assert.Equal(["one", "        tab", "bold", "under"], text.Pages[0]);
        Assert.Equal(["next page", "unix"], text.Pages[1]);
    }

    [Theory]
    [InlineData("\u001b@\u001bEbold\u001bF", "bold")]
    [InlineData("\u001b-\u0001under\u001b-\u0000", "under")]
    [InlineData("\u001bC\u0000\u000bpage", "page")]
    [InlineData("\u001bC\u0042page", "page")]
    [InlineData("\u001b$\u0010\u0000right", "right")]
    [InlineData("\u001bD\u0008\u0010\u0000tabs", "tabs")]
    [InlineData("\u001b(C\u0002\u0000ABnew", "new")]
    [InlineData("\u000fcondensed\u0012", "condensed")]
    public void Commands_leave_no_trace(string sent, string shown) => Assert.Equal(shown, Assert.Single(Assert.Single(Read(sent).Pages)));

    [Fact]
    public void Pictures_are_left_out_and_counted_and_one_that_is_cut_off_is_the_end()
    {
        var text = Read("a\u001bK\u0003\u0000\f\f\fb\u001b*\u0021\u0002\u0000\f\f\f\f\f\fc\u001bL\u00ff\u00ffd");

        Assert.Equal("abc", Assert.Single(Assert.Single(text.Pages)));
        Assert.Equal(3, text.Pictures);
    }

    [Fact]
    public void Long_lines_go_on_in_the_next_full_pages_on_the_next_sheet_and_endless_paper_ends()
    {
        Assert.Equal([136, 64], Read(new string('x', 200)).Pages[0].Select(line => line.Length));
        Assert.Equal([66, 34], Read(string.Concat(Enumerable.Repeat("x\r\n", 100))).Pages.Select(page => page.Count));
        var endless = Read(string.Concat(Enumerable.Repeat("x\f", 1000)));
        Assert.Equal((PrintedText.MostPages, true), (endless.Pages.Count, endless.IsCut));
    }

    [Fact]
    public void Any_bytes_at_all_are_read_within_bounds()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var bytes = new byte[random.Next(2000)];
            random.NextBytes(bytes);
            var text = PrintedText.Read(bytes, CodePage.Find("cp437")!);
            Assert.All(text.Pages, page => Assert.True(page.Count <= PrintedText.LinesAPage && page.All(line => line.Length <= PrintedText.ColumnsALine)));
        }
    }

    [Fact]
    public void Pages_become_a_PDF_of_as_many_pages_with_a_font_in_it()
    {
        Assert.SkipUnless(PrintedPdf.HasFont, "fonts-dejavu-core is not installed.");
        var pdf = Encoding.Latin1.GetString(PrintedPdf.Write(Read("caf\u0082 \u00c9\u00cd\u00bb\fsecond")));

        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.Contains("/Count 2", pdf, StringComparison.Ordinal);
        Assert.Contains("/FontFile2", pdf, StringComparison.Ordinal);
    }

    private static PrintedText Read(string sent) => PrintedText.Read(Encoding.Latin1.GetBytes(sent), CodePage.Find("cp437")!);
}
