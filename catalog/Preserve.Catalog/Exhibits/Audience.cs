namespace Preserve.Catalog.Exhibits;

/// <summary>Who an exhibit is open to, once it is published.</summary>
public enum Audience
{
    Public,

    /// <summary>Everybody with an account.</summary>
    SignedIn,

    Researchers,

    Curators,

    /// <summary>Members of the exhibit's groups, and curators.</summary>
    Groups,
}
