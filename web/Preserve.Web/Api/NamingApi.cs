using Microsoft.AspNetCore.Mvc;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Rights;
using Preserve.Web.Access;
using Preserve.Web.Accounts;
using Preserve.Web.Research;

namespace Preserve.Web.Api;

/// <summary>Rights and identifiers of objects. They are read with the object; curators state them; everybody finds objects by them.</summary>
public static class NamingApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var curators = routes.MapGroup("/api/objects/{id}").WithTags("Objects").RequireAuthorization(Policies.Curate);
        curators.MapPut("rights", StateAsync)
            .WithName("StateRights").WithSummary("States the rights of an object by their basis, in place of all that were stated.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        curators.MapPut("identifiers", NameAsync)
            .WithName("NameObject").WithSummary("Gives an object the identifiers that it has elsewhere, in place of all that it had.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapGet("/api/identifiers", FindAsync).WithTags("Objects")
            .WithName("FindByIdentifier").WithSummary("Objects that are open to you and have an identifier, with or without its resolver's address, in any scheme or one.")
            .Produces<IReadOnlyList<string>>();
    }

    private static async Task<IResult> StateAsync(
        string id, IReadOnlyList<RightsDetail>? rights, HttpContext http, [FromServices] RightsDesk desk, CancellationToken cancellationToken)
    {
        if (Problems.OfMissing(rights) is { } missing)
        {
            return missing;
        }

        var problems = await desk.StateAsync(id, [.. (rights ?? []).Select(one => one.ToState())], CurrentAccount.ActorOf(http.User), cancellationToken);
        return problems.Count == 0 ? TypedResults.NoContent() : Problems.NotDone(problems);
    }

    private static async Task<IResult> NameAsync(
        string id, IReadOnlyList<IdentifierDetail>? identifiers, HttpContext http, [FromServices] IdentifierDesk desk, CancellationToken cancellationToken)
    {
        if (Problems.OfMissing(identifiers) is { } missing)
        {
            return missing;
        }

        var given = (identifiers ?? []).Select(one => new NamedIdentifier(one.Scheme ?? "", one.Value ?? "")).ToList();
        var problems = await desk.NameAsync(id, given, CurrentAccount.ActorOf(http.User), cancellationToken);
        return problems.Count == 0 ? TypedResults.NoContent() : Problems.NotDone(problems);
    }

    private static async Task<IResult> FindAsync(
        string value, HttpContext http, [FromServices] ViewerReader viewers, [FromServices] IdentifierDesk desk, CancellationToken cancellationToken, string? scheme = null)
    {
        var viewer = await viewers.OfAsync(http, cancellationToken);
        return TypedResults.Ok(await desk.FindAsync(scheme, value, ObjectReader.OpenTo(viewer), cancellationToken));
    }
}
