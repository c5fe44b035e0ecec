using System.Net.Http.Headers;

namespace Preserve.Web.Api;

/// <summary>The key or ticket of a request: <c>Authorization: Bearer ...</c> (RFC 6750 §2.1). Never logged.</summary>
public static class Bearer
{
    /// <summary>Longer ones are not ours.</summary>
    private const int LongestToken = 4096;

    /// <summary>Null when there is none, or none that could be ours.</summary>
    public static string? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header.Count == 1
            && AuthenticationHeaderValue.TryParse(header[0], out var value)
            && string.Equals(value.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            && value.Parameter is { Length: > 0 and <= LongestToken } token
                ? token
                : null;
    }
}
