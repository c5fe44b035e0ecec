using Preserve.Catalog.Database;

namespace Preserve.Catalog.Rights;

/// <summary>What is wrong with rights as they were given, in words.</summary>
internal static class RightsCheck
{
    /// <summary>Most statements of one object.</summary>
    public const int Most = 20;

    private const int MostTold = 20;

    public static List<string> Problems(IReadOnlyCollection<RightsToState> given)
    {
        var problems = given.SelectMany((one, index) => Problems(one).Select(problem => $"Statement {index + 1}: {problem}")).Take(MostTold).ToList();
        return given.Count > Most ? [$"An object has at most {Most} statements of rights, not {given.Count}.", .. problems] : problems;
    }

    private static IEnumerable<string> Problems(RightsToState one)
    {
        if (!Enum.IsDefined(one.Basis))
        {
            yield return "its basis is copyright, licence, statute, donor or other.";
        }

        if (one.Uri is { Length: > 0 } uri && RightsVocabulary.Find(uri) is null)
        {
            yield return $"'{Short(uri)}' is neither a statement of RightsStatements.org nor a licence of Creative Commons, such as http://rightsstatements.org/vocab/InC/1.0/ or https://creativecommons.org/licenses/by/4.0/.";
        }

        foreach (var problem in OfLaw(one))
        {
            yield return problem;
        }

        if (string.IsNullOrWhiteSpace(one.Uri) && string.IsNullOrWhiteSpace(one.Terms) && string.IsNullOrWhiteSpace(one.Citation) && one.CopyrightStatus is null)
        {
            yield return "it says nothing: give a URI or terms.";
        }

        if (one.Terms.Length > ColumnLengths.Line || one.Citation.Length > ColumnLengths.Line || one.Terms.Contains('\0', StringComparison.Ordinal) || one.Citation.Any(char.IsControl))
        {
            yield return $"terms and citation have at most {ColumnLengths.Line} characters, the citation on one line.";
        }
    }

    // PREMIS 3.0 asks for these: 4.1.3.1, 4.1.3.2, 4.1.5.1, 4.1.5.2.
    private static IEnumerable<string> OfLaw(RightsToState one)
    {
        var isOfLaw = one.Basis is RightsBasis.Copyright or RightsBasis.Statute;
        if (one.Basis == RightsBasis.Copyright != one.CopyrightStatus is not null || (one.CopyrightStatus is { } status && !Enum.IsDefined(status)))
        {
            yield return "a copyright status (copyrighted, publicDomain, unknown) is given for copyright, and only there.";
        }

        if (isOfLaw ? one.Jurisdiction is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] : one.Jurisdiction.Length > 0)
        {
            yield return "a jurisdiction (two letters of ISO 3166, such as DE) is given for copyright and statute, and only there.";
        }

        if (one.Basis == RightsBasis.Statute == string.IsNullOrWhiteSpace(one.Citation))
        {
            yield return "a citation is given for a statute, and only there.";
        }
    }

    private static string Short(string text) => text.Length <= 80 ? text : text[..80];
}
