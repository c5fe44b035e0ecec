using System.Globalization;
using System.Text.RegularExpressions;

namespace Preserve.Catalog.Search;

/// <summary>Years in dates as curators write them.</summary>
public static partial class Years
{
    /// <summary>The first year from 1940 to 2099 in a date, such as 1987 in "about 1987"; null when there is none.</summary>
    public static int? Of(string date)
    {
        var match = Year().Match(date);
        return match.Success ? int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"(?<!\d)(19[4-9]\d|20\d\d)(?!\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Year();
}
