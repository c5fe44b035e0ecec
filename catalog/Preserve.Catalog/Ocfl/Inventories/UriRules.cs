using System.Text.RegularExpressions;

namespace Preserve.Catalog.Ocfl.Inventories;

/// <summary>What counts as a URI (RFC 3986): a scheme and characters that URIs are made of.</summary>
internal static partial class UriRules
{
    public static bool IsUri(string text) => Uri().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Uri();
}
