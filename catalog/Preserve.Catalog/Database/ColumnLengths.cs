namespace Preserve.Catalog.Database;

/// <summary>Longest texts in characters. The archive manifest is held to the same bounds (docs/archive-format.md).</summary>
public static class ColumnLengths
{
    /// <summary>Ids and slugs, <c>[a-z0-9-]</c>.</summary>
    public const int Id = 64;

    /// <summary>One word of a vocabulary of ours or of a specification: kinds, states, formats, PUIDs.</summary>
    public const int Word = 64;

    public const int Title = 200;

    /// <summary>A file or medium name; the limit of common file systems.</summary>
    public const int FileName = 255;

    /// <summary>One line or a short paragraph.</summary>
    public const int Line = 2_000;

    /// <summary>Label text, descriptions, messages.</summary>
    public const int Text = 20_000;

    /// <summary>A list of short texts as JSON.</summary>
    public const int List = 40_000;

    /// <summary>A machine profile as JSON.</summary>
    public const int Document = 262_144;

    /// <summary>SHA-256 in hexadecimal.</summary>
    public const int Sha256 = 64;

    /// <summary>Words from a program of unknown manners, cut to what a column takes. PostgreSQL refuses NUL in text.</summary>
    public static string Fit(string text, int maximumLength) =>
        (text.Length <= maximumLength ? text : text[..maximumLength]).Replace('\0', '\uFFFD');
}
