using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Preserve.Catalog.Storage;
using Preserve.Web.Access;
using Preserve.Web.Api;
using Preserve.Web.Exhibits;

namespace Preserve.Web.Posters;

/// <summary>The poster of an open exhibit. The same decision guards it that guards the exhibit's page.</summary>
public static class PosterEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/exhibits/{slug}/poster.png", GetAsync).ExcludeFromDescription();

    private static async Task<IResult> GetAsync(
        string slug, HttpContext http, ExhibitReader reader, ViewerReader viewers, [FromServices] IContentStore content, CancellationToken cancellationToken)
    {
        var viewer = await viewers.OfAsync(http, cancellationToken);
        if (await reader.FindAsync(slug, viewer, cancellationToken) is not { Poster: { } poster } || !content.Contains(poster.Sha256))
        {
            return await ExhibitsApi.NotThereAsync(slug, viewer, reader, cancellationToken);
        }

        // Asked again every time: an exhibit may be closed, and a poster made anew, at any moment.
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(
            content.Open(poster.Sha256), "image/png", entityTag: new EntityTagHeaderValue($"\"{poster.Sha256}\""));
    }
}
