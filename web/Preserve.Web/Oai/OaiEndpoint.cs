using Preserve.Web.Access;

namespace Preserve.Web.Oai;

/// <summary>The Open Archives Initiative's protocol for metadata harvesting, version 2.0, at <c>/oai</c>. Whatever is wrong is said in the answer, with status 200.</summary>
public static class OaiEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/oai", [HttpMethods.Get, HttpMethods.Post], AnswerAsync).DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(HttpContext http, ViewerReader viewers, OaiVerbs verbs, TimeProvider time, CancellationToken cancellationToken)
    {
        var site = new Uri($"{http.Request.Scheme}://{http.Request.Host}");
        var (request, error) = OaiRequest.Read(await ArgumentsAsync(http.Request, cancellationToken));
        using var answer = new OaiAnswer(new Uri(site, "/oai").AbsoluteUri, time.GetUtcNow());
        error ??= await verbs.AnswerAsync(request!, site, await viewers.OfAsync(http, cancellationToken), answer, cancellationToken);
        if (error is not null)
        {
            answer.Request(error.RepeatsArguments ? request : null);
            answer.Error(error);
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(answer.Finish(), "text/xml; charset=utf-8");
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> ArgumentsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> given =
            !HttpMethods.IsPost(request.Method) ? request.Query : request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : [];
        return [.. given.SelectMany(argument => argument.Value.Select(value => KeyValuePair.Create(argument.Key, value ?? "")))];
    }
}
