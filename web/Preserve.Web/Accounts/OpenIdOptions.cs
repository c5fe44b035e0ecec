namespace Preserve.Web.Accounts;

/// <summary>Signing in through an OpenID Connect provider: section <c>Preserve:OpenId</c>. Without an authority there is none.</summary>
public sealed record OpenIdOptions
{
    public const string Section = "Preserve:OpenId";

    /// <summary>The provider's issuer address, https, or http on loopback. Empty for no provider.</summary>
    public string Authority { get; init; } = "";

    /// <summary>How the provider knows this service.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>File whose first line is the client's secret.</summary>
    public string ClientSecretFile { get; init; } = "";

    /// <summary>What the button says after "Sign in with". Default: the authority's host.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Claim that holds the person's groups or roles at the provider. Default <c>roles</c>.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>Value of that claim to a role here. Whoever has none of them is let in as an account without a role.</summary>
    public Dictionary<string, string> Roles { get; init; } = [];

    public bool IsConfigured => Authority.Length > 0;

    /// <summary>On the button.</summary>
    public string Title => DisplayName.Length > 0 ? DisplayName : Uri.TryCreate(Authority, UriKind.Absolute, out var uri) ? uri.Host : Authority;

    /// <summary>Everything that is wrong; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IsConfigured)
        {
            if (ClientId.Length > 0 || ClientSecretFile.Length > 0 || Roles.Count > 0)
            {
                yield return $"{Section}:Authority is missing, though other options of the provider are set.";
            }

            yield break;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            yield return $"{Section}:Authority: '{Authority}' is not an https address.";
        }

        if (ClientId.Length == 0)
        {
            yield return $"{Section}:ClientId is missing.";
        }

        if (!File.Exists(ClientSecretFile))
        {
            yield return $"{Section}:ClientSecretFile: '{ClientSecretFile}' is no file.";
        }

        foreach (var (value, role) in Roles)
        {
            if (!Catalog.Accounts.Roles.All.Contains(role))
            {
                yield return $"{Section}:Roles:{value}: '{role}' is none of {string.Join(", ", Catalog.Accounts.Roles.All)}.";
            }
        }
    }
}
