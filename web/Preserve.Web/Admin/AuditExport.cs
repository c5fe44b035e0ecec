using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Preserve.Catalog.Audit;
using Preserve.Web.Accounts;

namespace Preserve.Web.Admin;

/// <summary><c>GET /admin/audit.csv</c>: the audit trail for a spreadsheet (RFC 4180, UTF-8), oldest first. A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
public static class AuditExport
{
    private static readonly CsvConfiguration _configuration = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
    };

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/audit.csv", WriteAsync).RequireAuthorization(Policies.Administer).ExcludeFromDescription();

    private static async Task WriteAsync(HttpContext http, AuditTrail audit, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(CurrentAccount.ActorOf(http.User), AuditAction.AuditExported, "audit.csv", "", AuditOutcome.Done, cancellationToken);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
        http.Response.Headers.CacheControl = "no-store";
        await using var text = new StreamWriter(http.Response.Body);
        await using var csv = new CsvWriter(text, _configuration);
        csv.WriteHeader<AuditLine>();
        await csv.NextRecordAsync();
        await foreach (var entry in audit.ReadAsync(new AuditFilter(), cancellationToken))
        {
            csv.WriteRecord(AuditLine.Of(entry));
            await csv.NextRecordAsync();
        }
    }

    private sealed record AuditLine(string When, string Who, string ShownAs, string Account, string What, string On, string Outcome, string Detail)
    {
        public static AuditLine Of(AuditEntry entry) => new(
            DateTimeOffset.FromUnixTimeMilliseconds(entry.OccurredAt).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            entry.ActorName, entry.ActorShown, entry.ActorId?.ToString() ?? "", entry.Action.ToString(), entry.Subject, entry.Outcome.ToString(), entry.Detail);
    }
}
