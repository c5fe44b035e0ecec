using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Preserve.Emulation.Text;
using Preserve.Web.Access;
using Preserve.Workers.Printing;
using Preserve.Workers.Sessions;

namespace Preserve.Web.Api;

/// <summary>What a machine has printed, for whoever controls its session.</summary>
public static class PrinterApi
{
    private const string UsualCodePage = "cp437";
    private const string All = "Preserve-Printed-All";
    private const string Pictures = "Preserve-Printed-Pictures-Left-Out";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var printer = routes.MapGroup("/api/sessions/{id:guid}").WithTags("Sessions")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        printer.AddEndpointFilter(LinksApi.NoStore);
        printer.MapGet("printed.pdf", PdfAsync)
            .WithName("GetPrintedPages").WithSummary("What the machine has printed, as pages of text. 409 with the reason while there is nothing.")
            .WithDescription($"Header {All} says 'no' where more than 8 MiB were sent or there were more than {PrintedText.MostPages} pages: the last are left out. {Pictures} counts pictures made of dots, which are left out.")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        printer.MapGet("printed.bin", BytesAsync)
            .WithName("GetPrintedBytes").WithSummary("The bytes that the machine has sent to its printer, as they came.")
            .WithDescription($"Header {All} says 'no' where more than 8 MiB were sent: the last are left out.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
    }

    private static Task<IResult> PdfAsync(
        Guid id, HttpRequest request, ISessionService sessions, SessionDoor door, CancellationToken cancellationToken, int machine = 0) =>
        AskAsync(id, machine, request, sessions, door, output => PrintedPdf.HasFont ? Pdf(output, request.HttpContext.Response.Headers) : Problems.NoPrinterFont(), cancellationToken);

    private static FileContentHttpResult Pdf(PrinterOutput output, IHeaderDictionary headers)
    {
        var text = PrintedText.Read(output.Sent, CodePage.Find(output.CodePage) ?? CodePage.Find(UsualCodePage)!);
        headers[All] = output.IsFull || text.IsCut ? "no" : "yes";
        headers[Pictures] = text.Pictures.ToString(CultureInfo.InvariantCulture);
        return TypedResults.File(PrintedPdf.Write(text), "application/pdf", "printed.pdf");
    }

    private static Task<IResult> BytesAsync(
        Guid id, HttpRequest request, ISessionService sessions, SessionDoor door, CancellationToken cancellationToken, int machine = 0) =>
        AskAsync(id, machine, request, sessions, door, output => TypedResults.File(output.Sent, "application/octet-stream", "printed.bin"), cancellationToken);

    private static Task<IResult> AskAsync(
        Guid id, int machine, HttpRequest request, ISessionService sessions, SessionDoor door, Func<PrinterOutput, IResult> answer, CancellationToken cancellationToken) =>
        SessionsApi.WithOpenExhibitAsync(id, request, sessions, door, async (_, role) =>
        {
            if (role == SessionRole.Watch)
            {
                return Problems.NotPermitted();
            }

            var output = await sessions.ReadPrinterAsync(id, machine, cancellationToken);
            request.HttpContext.Response.Headers[All] = output.IsFull ? "no" : "yes";
            return output.Outcome == PrinterOutcome.Printed ? answer(output) : Problems.NothingPrinted(output.Outcome);
        }, cancellationToken);
}
