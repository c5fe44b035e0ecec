using Preserve.Web.Access;
using Preserve.Web.Hosting;

namespace Preserve.Web.Oai;

/// <summary>Answers the six verbs (section 4). An error is the whole answer: nothing was written then.</summary>
public sealed class OaiVerbs(OaiReader reader, OaiTokens tokens, WebOptions options, TimeProvider time)
{
    /// <summary>Records in one part of a list.</summary>
    public const int PageSize = 100;

    /// <summary>Null when the answer holds the verb's element.</summary>
    /// <param name="request">The request.</param>
    /// <param name="site">Scheme and host that it came to.</param>
    /// <param name="viewer">Who harvests.</param>
    /// <param name="answer">Gets the element.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<OaiError?> AnswerAsync(OaiRequest request, Uri site, Viewer viewer, OaiAnswer answer, CancellationToken cancellationToken) => request.Verb switch
    {
        "Identify" => IdentifyAsync(request, site, viewer, answer, cancellationToken),
        "ListMetadataFormats" => FormatsAsync(request, viewer, answer, cancellationToken),
        "ListSets" => SetsAsync(request, viewer, answer, cancellationToken),
        "GetRecord" => RecordAsync(request, site, viewer, answer, cancellationToken),
        _ => ListAsync(request, site, viewer, answer, cancellationToken),
    };

    private async Task<OaiError?> IdentifyAsync(OaiRequest request, Uri site, Viewer viewer, OaiAnswer answer, CancellationToken cancellationToken)
    {
        var earliest = await reader.EarliestAsync(viewer, cancellationToken) ?? viewer.Now;
        answer.Request(request);
        answer.Element("Identify", () =>
        {
            answer.Text("repositoryName", $"Preserve at {site.Host}");
            answer.Text("baseURL", new Uri(site, "/oai").AbsoluteUri);
            answer.Text("protocolVersion", "2.0");
            answer.Text("adminEmail", options.ContactMail ?? $"postmaster@{(site.HostNameType == UriHostNameType.Dns && site.Host.Contains('.', StringComparison.Ordinal) ? site.Host : "localhost.localdomain")}");
            answer.Text("earliestDatestamp", OaiDate.Write(earliest));

            // Withdrawals are kept for good; an exhibit that is taken down or closed by its rule leaves no trace.
            answer.Text("deletedRecord", "transient");
            answer.Text("granularity", "YYYY-MM-DDThh:mm:ssZ");
        });
        return null;
    }

    private async Task<OaiError?> FormatsAsync(OaiRequest request, Viewer viewer, OaiAnswer answer, CancellationToken cancellationToken)
    {
        if (request["identifier"] is { } identifier)
        {
            if (await FindAsync(identifier, viewer, cancellationToken) is not { } record)
            {
                return NoSuchId;
            }

            if (record.IsDeleted)
            {
                return new OaiError(OaiErrorCode.NoMetadataFormats, "The object was withdrawn: there is no metadata of it any more.");
            }
        }

        answer.Request(request);
        answer.Element("ListMetadataFormats", () => answer.Element("metadataFormat", () =>
        {
            answer.Text("metadataPrefix", OaiRequest.DublinCore);
            answer.Text("schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd");
            answer.Text("metadataNamespace", "http://www.openarchives.org/OAI/2.0/oai_dc/");
        }));
        return null;
    }

    private async Task<OaiError?> SetsAsync(OaiRequest request, Viewer viewer, OaiAnswer answer, CancellationToken cancellationToken)
    {
        if (request["resumptionToken"] is not null)
        {
            return new OaiError(OaiErrorCode.BadResumptionToken, "Sets are listed whole: there are no tokens for them.");
        }

        if (await reader.SetsAsync(viewer, cancellationToken) is not { Count: > 0 } sets)
        {
            return NoSets;
        }

        answer.Request(request);
        answer.Element("ListSets", () =>
        {
            foreach (var (spec, name) in sets)
            {
                answer.Element("set", () =>
                {
                    answer.Text("setSpec", spec);
                    answer.Text("setName", name);
                });
            }
        });
        return null;
    }

    private async Task<OaiError?> RecordAsync(OaiRequest request, Uri site, Viewer viewer, OaiAnswer answer, CancellationToken cancellationToken)
    {
        if (await FindAsync(request["identifier"]!, viewer, cancellationToken) is not { } record)
        {
            return NoSuchId;
        }

        if (request["metadataPrefix"] != OaiRequest.DublinCore)
        {
            return NoSuchFormat;
        }

        answer.Request(request);
        answer.Element("GetRecord", () => answer.Record(record, Address(site)));
        return null;
    }

    private async Task<OaiError?> ListAsync(OaiRequest request, Uri site, Viewer viewer, OaiAnswer answer, CancellationToken cancellationToken)
    {
        var isResumed = request["resumptionToken"] is not null;
        var (place, error) = isResumed
            ? (tokens.Read(request.Verb, request["resumptionToken"]!), new OaiError(OaiErrorCode.BadResumptionToken, "This token is none of ours, of another verb, or too old. Begin the list again."))
            : await BeginAsync(request, viewer, cancellationToken);
        if (place is null)
        {
            return error;
        }

        var page = await reader.ListAsync(place, PageSize, viewer, cancellationToken);
        if (page.Records.Count == 0 && !isResumed)
        {
            return NoMatch;
        }

        // What the rest of a list had may have been closed since: then it ends with a part that has nothing, which the protocol cannot say.
        if (page.Records.Count == 0)
        {
            return new OaiError(OaiErrorCode.BadResumptionToken, "Nothing is left of this list. Begin it again.");
        }

        answer.Request(request);
        answer.Element(request.Verb, () =>
        {
            foreach (var record in page.Records)
            {
                if (request.Verb == "ListRecords")
                {
                    answer.Record(record, Address(site));
                }
                else
                {
                    answer.Header(record);
                }
            }

            if (page.HasMore)
            {
                var next = place with { After = page.Records[^1].ObjectId, Cursor = place.Cursor + page.Records.Count };
                var (token, expiresAt) = tokens.Write(request.Verb, next, time.GetUtcNow());
                answer.Token(token, expiresAt, place.Size, place.Cursor);
            }
            else if (isResumed)
            {
                answer.Token("", null, place.Size, place.Cursor);
            }
        });
        return null;
    }

    private async Task<(OaiPlace? Place, OaiError? Error)> BeginAsync(OaiRequest request, Viewer viewer, CancellationToken cancellationToken)
    {
        if (request["metadataPrefix"] != OaiRequest.DublinCore)
        {
            return (null, NoSuchFormat);
        }

        if (request["set"] is not null && (await reader.SetsAsync(viewer, cancellationToken)).Count == 0)
        {
            return (null, NoSets);
        }

        var place = new OaiPlace("", 0, 0, request.From, Math.Min(request.Until ?? viewer.Now, viewer.Now), request["set"]);
        return (place with { Size = await reader.CountAsync(place, viewer, cancellationToken) }, null);
    }

    private async Task<OaiRecord?> FindAsync(string identifier, Viewer viewer, CancellationToken cancellationToken) =>
        OaiAnswer.ObjectId(identifier) is { } id ? await reader.FindAsync(id, viewer, cancellationToken) : null;

    private static Func<string, string> Address(Uri site) => slug => new Uri(site, $"/exhibits/{slug}").AbsoluteUri;

    private static OaiError NoSuchId => new(OaiErrorCode.IdDoesNotExist, "There is no record by this identifier.");

    private static OaiError NoSuchFormat => new(OaiErrorCode.CannotDisseminateFormat, $"The only format is {OaiRequest.DublinCore}.");

    private static OaiError NoSets => new(OaiErrorCode.NoSetHierarchy, "There are no sets: no record belongs to any.");

    private static OaiError NoMatch => new(OaiErrorCode.NoRecordsMatch, "No record matches.");
}
