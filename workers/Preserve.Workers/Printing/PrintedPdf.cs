using SkiaSharp;

namespace Preserve.Workers.Printing;

/// <summary>Pages of text as PDF, on A4, in one size in which the longest line fits.</summary>
public static class PrintedPdf
{
    private const float PageWidth = 595;
    private const float PageHeight = 842;
    private const float Margin = 28;
    private const float LargestSize = 10;
    private const float LineHeight = (PageHeight - (2 * Margin)) / PrintedText.LinesAPage;

    /// <summary>Fonts of Debian's packages that have the lines and letters of old code pages, in the order in which they are wanted.</summary>
    private static readonly string[] s_fonts =
        ["/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf", "/usr/share/fonts/truetype/freefont/FreeMono.ttf"];

    /// <summary>Whether there is a font to write with; without one there is no PDF.</summary>
    public static bool HasFont => Array.Exists(s_fonts, File.Exists);

    /// <exception cref="InvalidOperationException">There is no font: see <see cref="HasFont"/>.</exception>
    public static byte[] Write(PrintedText text)
    {
        var file = Array.Find(s_fonts, File.Exists) ?? throw new InvalidOperationException("No monospaced font is installed. Install the package fonts-dejavu-core.");
        using var typeface = SKTypeface.FromFile(file);
        using var font = new SKFont(typeface, LargestSize);
        var columns = Math.Max(1, text.Pages.SelectMany(page => page).Select(line => line.Length).DefaultIfEmpty().Max());
        font.Size = Math.Min(LargestSize, LargestSize * (PageWidth - (2 * Margin)) / (columns * font.MeasureText("M")));
        using var ink = new SKPaint { Color = SKColors.Black };
        using var output = new MemoryStream();
        using (var document = SKDocument.CreatePdf(output, new SKDocumentPdfMetadata { Title = "Printed by the machine" }))
        {
            foreach (var page in text.Pages)
            {
                var canvas = document.BeginPage(PageWidth, PageHeight);
                for (var line = 0; line < page.Count; line++)
                {
                    canvas.DrawText(page[line], Margin, Margin + (LineHeight * (line + 0.8f)), SKTextAlign.Left, font, ink);
                }

                document.EndPage();
            }

            document.Close();
        }

        return output.ToArray();
    }
}
