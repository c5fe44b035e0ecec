using System.Globalization;

namespace Preserve.Web.Oai;

/// <summary>UTCdatetime of the protocol (section 3.3): a day, or an instant to the second.</summary>
public static class OaiDate
{
    private const string Second = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string Day = "yyyy-MM-dd";

    /// <summary>Milliseconds as the protocol writes them, in our granularity.</summary>
    public static string Write(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString(Second, CultureInfo.InvariantCulture);

    /// <summary>The first and the last millisecond of what a date names, and whether it is a day; null for no such date.</summary>
    public static (long First, long Last, bool IsDay)? Parse(string text)
    {
        var isDay = text.Length == Day.Length;
        if (!DateTime.TryParseExact(
            text, isDay ? Day : Second, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
        {
            return null;
        }

        var first = new DateTimeOffset(date).ToUnixTimeMilliseconds();
        return (first, first + (isDay ? 86_400_000 : 1_000) - 1, isDay);
    }
}
