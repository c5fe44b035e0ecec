namespace Preserve.Catalog.Rights;

/// <summary>Rights as people read them.</summary>
public static class RightsWords
{
    /// <summary>Such as "Licence: Creative Commons Attribution 4.0. With a link to the author." or "Statute: § 44b UrhG (DE)."</summary>
    public static string Of(RightsStatement one) => Of(RightsToState.Of(one));

    /// <summary>The same.</summary>
    public static string Of(RightsToState one)
    {
        var parts = new List<string>();
        if (RightsVocabulary.Find(one.Uri) is { } known)
        {
            parts.Add(known.Label);
        }

        if (one.CopyrightStatus is { } status)
        {
            parts.Add(StatusOf(status));
        }

        if (one.Citation.Length > 0)
        {
            parts.Add(one.Citation);
        }

        if (one.Jurisdiction.Length > 0)
        {
            parts.Add(one.Jurisdiction);
        }

        if (one.Terms.Length > 0)
        {
            parts.Add(one.Terms);
        }

        return $"{BasisOf(one.Basis)}: {string.Join("; ", parts)}";
    }

    public static string BasisOf(RightsBasis basis) => basis switch
    {
        RightsBasis.Copyright => "Copyright",
        RightsBasis.Licence => "Licence",
        RightsBasis.Statute => "Statute",
        RightsBasis.Donor => "Agreement with the donor",
        _ => "Other",
    };

    public static string StatusOf(CopyrightStatus status) => status switch
    {
        CopyrightStatus.Copyrighted => "copyrighted",
        CopyrightStatus.PublicDomain => "public domain",
        _ => "status unknown",
    };
}
