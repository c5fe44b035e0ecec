namespace Preserve.Catalog.Suggestions;

/// <summary>A format that content has.</summary>
/// <param name="Puid">PRONOM unique identifier.</param>
/// <param name="Name">Of the format.</param>
/// <param name="Example">Name of a file that has it.</param>
public sealed record ContentFormat(string Puid, string Name, string Example);
