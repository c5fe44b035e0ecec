using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Rights;

namespace Preserve.Web.Api;

/// <summary>Rights by one basis.</summary>
/// <param name="Basis">copyright, licence, statute, donor or other.</param>
/// <param name="Uri">Of RightsStatements.org or Creative Commons; null for none.</param>
/// <param name="Label">What the URI is called; empty for none. Not read.</param>
/// <param name="CopyrightStatus">copyrighted, publicDomain or unknown; for copyright, and only there.</param>
/// <param name="Jurisdiction">Two letters of ISO 3166; for copyright and statute, and only there.</param>
/// <param name="Citation">For a statute, and only there.</param>
/// <param name="Terms">In words.</param>
public sealed record RightsDetail(
    RightsBasis Basis, string? Uri = null, string Label = "", CopyrightStatus? CopyrightStatus = null, string? Jurisdiction = null, string? Citation = null, string? Terms = null)
{
    public static RightsDetail Of(RightsStatement one) => new(
        one.Basis, one.Uri, RightsVocabulary.Find(one.Uri)?.Label ?? "", one.CopyrightStatus, one.Jurisdiction, one.Citation, one.Terms);

    public RightsToState ToState() => new(Basis, Uri, CopyrightStatus, Jurisdiction ?? "", Citation ?? "", Terms ?? "");
}

/// <summary>What an object is called elsewhere.</summary>
/// <param name="Scheme">local, doi, ark, handle, wikidata, isbn, ean, or a name of the house's own.</param>
/// <param name="Value">As it is written in its scheme.</param>
/// <param name="Link">Where it leads; null where its scheme has no resolver. Not read.</param>
public sealed record IdentifierDetail(string? Scheme, string? Value, string? Link = null)
{
    public static IdentifierDetail Of(NamedIdentifier one) => new(one.Scheme, one.Value, IdentifierScheme.LinkOf(one.Scheme, one.Value));
}
