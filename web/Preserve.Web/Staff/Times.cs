using System.Globalization;

namespace Preserve.Web.Staff;

/// <summary>Instants of the catalog in words. In UTC, which is what the log and the events have.</summary>
public static class Times
{
    /// <summary>Such as <c>2026-11-12 09:30</c>.</summary>
    public static string Minute(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>2026-11-12 09:30:05</c>.</summary>
    public static string Second(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
