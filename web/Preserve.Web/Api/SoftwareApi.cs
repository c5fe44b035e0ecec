using Microsoft.AspNetCore.Mvc;
using Preserve.Catalog.Software;
using Preserve.Web.Accounts;

namespace Preserve.Web.Api;

/// <summary>A format that software opens, imports or exports.</summary>
/// <param name="Puid">PRONOM unique identifier, such as <c>fmt/40</c>.</param>
/// <param name="Use">opens, imports or exports.</param>
/// <param name="Name">Of the format; empty where no file of it was ever identified here. Not read.</param>
public sealed record SoftwareFormatDetail(string? Puid, FormatUse Use, string Name = "")
{
    public static SoftwareFormatDetail Of(DeclaredFormat one) => new(one.Puid, one.Use, one.Name);
}

/// <summary>What software declares, for curators.</summary>
public static class SoftwareApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var curators = routes.MapGroup("/api/objects/{id}/software").WithTags("Objects").RequireAuthorization(Policies.Curate);
        curators.MapGet("", ListAsync)
            .WithName("GetSoftwareFormats").WithSummary("Formats that an object opens, imports and exports; none for what is no software.")
            .Produces<IReadOnlyList<SoftwareFormatDetail>>();
        curators.MapPut("", DeclareAsync)
            .WithName("DeclareSoftwareFormats").WithSummary("Takes the place of all that was declared.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ListAsync(string id, [FromServices] SoftwareDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<SoftwareFormatDetail>>([.. (await desk.ListAsync(id, cancellationToken)).Select(SoftwareFormatDetail.Of)]);

    private static async Task<IResult> DeclareAsync(
        string id, IReadOnlyList<SoftwareFormatDetail>? formats, HttpContext http, [FromServices] SoftwareDesk desk, CancellationToken cancellationToken)
    {
        if (Problems.OfMissing(formats) is { } missing)
        {
            return missing;
        }

        var declared = (formats ?? []).Select(one => new DeclaredFormat(one.Puid ?? "", one.Use)).ToList();
        var problems = await desk.DeclareAsync(id, declared, CurrentAccount.ActorOf(http.User), cancellationToken);
        return problems.Count == 0 ? TypedResults.NoContent() : Problems.NotDone(problems);
    }
}
