namespace Preserve.Catalog.Identifiers;

/// <summary>A name that an object has somewhere else, by a named scheme. An object has any number.</summary>
public sealed class ObjectIdentifier
{
    public long Id { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>Such as <c>doi</c>, <c>ark</c>, <c>wikidata</c>, <c>local</c>: <see cref="IdentifierScheme"/>, or a name of the house's own.</summary>
    public required string Scheme { get; init; }

    /// <summary>As it is written in its scheme, without a resolver's address.</summary>
    public required string Value { get; init; }

    /// <summary>Scheme and value where no two objects may share them; null where they may.</summary>
    public string? UniqueAs { get; init; }
}
