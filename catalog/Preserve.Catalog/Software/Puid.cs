using System.Text.RegularExpressions;

namespace Preserve.Catalog.Software;

/// <summary>PRONOM's unique identifiers of formats.</summary>
public static partial class Puid
{
    /// <summary>Whether it is written like one: <c>fmt/</c> or <c>x-fmt/</c> and a number of up to six digits. Whether PRONOM has it is another question.</summary>
    public static bool IsWellFormed(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"^(x-)?fmt/[1-9]\d{0,5}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
