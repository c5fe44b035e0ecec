namespace Preserve.Catalog.Objects;

/// <summary>Ids of objects, environments and exhibits: 1 to 64 of a-z, 0-9 and -. They stand in addresses and in paths of storage.</summary>
public static class PlainId
{
    private const int MaximumLength = 64;

    /// <summary>What is wrong with a proposed id, in words; null for a good one.</summary>
    public static string? Problem(string id) =>
        id.Length is > 0 and <= MaximumLength && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? null
            : $"The id '{(id.Length > MaximumLength ? id[..MaximumLength] + "..." : id)}' is not 1 to {MaximumLength} of a-z, 0-9 and -.";
}
