using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Preserve.Web.Tests.Running;
using Preserve.Workers.Printing;

namespace Preserve.Web.Tests.Api;

public sealed class PrinterApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Whoever_controls_a_session_gets_what_it_printed_and_whoever_watches_does_not()
    {
        await using var museum = await Sharing.OpenAsync();
        museum.Sessions.Printer = new PrinterOutput(PrinterOutcome.Printed, "hello\f"u8.ToArray(), true, "cp437");

        using var pdf = await AskAsync(museum, "printed.pdf", FakeSessions.Key);
        using var bytes = await AskAsync(museum, "printed.bin", FakeSessions.Key);
        using var watcher = await AskAsync(museum, "printed.bin", FakeSessions.WatchTicket);
        using var nobody = await AskAsync(museum, "printed.pdf", null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (pdf.StatusCode, bytes.StatusCode, watcher.StatusCode, nobody.StatusCode));
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(await pdf.Content.ReadAsByteArrayAsync(Cancellation)), StringComparison.Ordinal);
        Assert.Equal("hello\f", await bytes.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(("attachment", "no"), (bytes.Content.Headers.ContentDisposition!.DispositionType, bytes.Headers.GetValues("Preserve-Printed-All").Single()));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(500, 0, "yes")]
    [InlineData(501, 2, "no")]
    public async Task Pages_and_pictures_that_are_left_out_are_told(int pages, int pictures, string isAll)
    {
        await using var museum = await Sharing.OpenAsync();
        // ESC K, one column of dots.
        var sent = string.Concat(Enumerable.Repeat("\u001bK\u0001\u0000\u0001", pictures)) + string.Concat(Enumerable.Repeat("page\f", pages));
        museum.Sessions.Printer = new PrinterOutput(PrinterOutcome.Printed, Encoding.Latin1.GetBytes(sent), false, "cp437");

        using var pdf = await AskAsync(museum, "printed.pdf", FakeSessions.Key);

        Assert.Equal(isAll, pdf.Headers.GetValues("Preserve-Printed-All").Single());
        Assert.Equal(pictures.ToString(CultureInfo.InvariantCulture), pdf.Headers.GetValues("Preserve-Printed-Pictures-Left-Out").Single());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(PrinterOutcome.Nothing, "printed nothing yet")]
    [InlineData(PrinterOutcome.NoPrinter, "no parallel port")]
    [InlineData(PrinterOutcome.NotRunning, "not running")]
    public async Task Why_there_is_nothing_is_told(PrinterOutcome outcome, string words)
    {
        await using var museum = await Sharing.OpenAsync();
        museum.Sessions.Printer = PrinterOutput.None(outcome);

        using var answer = await AskAsync(museum, "printed.pdf", FakeSessions.Key);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsync(Museum museum, string what, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sessions/{FakeSessions.Running().Id}/{what}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await museum.Client.SendAsync(request, Cancellation);
    }
}
