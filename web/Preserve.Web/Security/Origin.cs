namespace Preserve.Web.Security;

/// <summary>Scheme, host and port of a page (RFC 6454 §6.2). Two are the same when all three are.</summary>
public readonly record struct Origin(string Scheme, string Host, int Port)
{
    /// <summary>Null when the text is not an http or https origin; <c>null</c>, as sandboxed pages send it, is none either.</summary>
    public static Origin? Parse(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            return null;
        }

        return new Origin(uri.Scheme, uri.IdnHost.ToLowerInvariant(), uri.Port);
    }

    /// <summary>The origin a request came to.</summary>
    public static Origin? Of(HttpRequest request) => Parse($"{request.Scheme}://{request.Host}");
}
