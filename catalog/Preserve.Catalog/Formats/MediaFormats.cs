using System.Text.Json;
using Preserve.Catalog.Formats.Patterns;

namespace Preserve.Catalog.Formats;

/// <summary>The table that ships: formats of disk, disc and tape images and of what they are packed in. Immutable.</summary>
internal sealed class MediaFormats
{
    private const string Resource = "Preserve.Catalog.Formats.media-formats.json";

    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Known[] _formats;

    private MediaFormats(Table table)
    {
        Version = table.Version;
        _formats = [.. table.Formats.Select(entry => new Known(entry, [.. (entry.Patterns ?? []).Select(Compile)]))];
    }

    public static MediaFormats Shipped { get; } = Load();

    /// <summary>Counts up with each change of the table.</summary>
    public int Version { get; }

    /// <summary>Every format of the table, as if its bytes had been seen.</summary>
    public IEnumerable<FormatMatch> All => _formats.Select(format => Match(format.Entry, FormatMethod.Signature));

    /// <summary>The first format of the table whose bytes, or else whose length, the file has; null for none.</summary>
    /// <param name="windows">Where its bytes are looked for.</param>
    /// <param name="lengthInBytes">Of the whole file.</param>
    /// <param name="extension">Without the dot; decides between formats of one length.</param>
    public FormatMatch? Find(FileWindows windows, long lengthInBytes, string extension)
    {
        foreach (var format in _formats)
        {
            if (format.Chains.Length > 0 && format.Chains.All(chain => ChainMatcher.IsMatch(chain, chain.IsFromEnd ? windows.Tail : windows.Head)))
            {
                return Match(format.Entry, FormatMethod.Signature);
            }
        }

        var ofLength = _formats.Where(format => format.Entry.Lengths?.Contains(lengthInBytes) == true).ToList();
        var best = ofLength.Find(format => HasExtension(format.Entry, extension)) ?? ofLength.Find(format => !format.Entry.NeedsExtension);
        return best is null ? null : Match(best.Entry, FormatMethod.Length);
    }

    /// <summary>The first format of such names, of those that no bytes tell; null for none.</summary>
    /// <param name="extension">Without the dot, in any case.</param>
    public FormatMatch? OfExtension(string extension) =>
        Array.Find(_formats, format => format.Chains.Length == 0 && HasExtension(format.Entry, extension)) is { } format ? Match(format.Entry, FormatMethod.Extension) : null;

    private static bool HasExtension(Entry entry, string extension) =>
        entry.Extensions?.Contains(extension, StringComparer.OrdinalIgnoreCase) == true;

    private static FormatMatch Match(Entry entry, FormatMethod method) => new()
    {
        Puid = entry.Puid,
        Name = entry.Name,
        Version = entry.Version ?? "",
        MimeType = entry.MimeType ?? "",
        Method = method,
    };

    private static ByteChain Compile(Pattern pattern)
    {
        if (PatternSyntax.Parse(pattern.Bytes) is not [var part])
        {
            throw new FormatException($"'{pattern.Bytes}' has a gap.");
        }

        var isFromEnd = pattern.Offset < 0;
        return new ByteChain(isFromEnd, [new ChainStep([.. part.Pieces.Select(piece =>
        {
            var distance = isFromEnd ? -pattern.Offset - piece.Length : pattern.Offset;
            return new ChainOption(new Gap(distance, distance), piece, Gap.None);
        })])]);
    }

    private static MediaFormats Load()
    {
        using var stream = typeof(MediaFormats).Assembly.GetManifestResourceStream(Resource)!;
        return new MediaFormats(JsonSerializer.Deserialize<Table>(stream, s_options)!);
    }

    private sealed record Known(Entry Entry, ByteChain[] Chains);

    private sealed record Table(int Version, Entry[] Formats);

    /// <param name="Puid">PRONOM's, where it has this format.</param>
    /// <param name="Name">In PRONOM's words where it has this format.</param>
    /// <param name="Version">Of the format.</param>
    /// <param name="MimeType">Where one is registered or in wide use.</param>
    /// <param name="Extensions">Without the dot.</param>
    /// <param name="Patterns">All of which the file has.</param>
    /// <param name="Lengths">Exact lengths in bytes, where no bytes tell.</param>
    /// <param name="NeedsExtension">Whether the length means something only with such a name.</param>
    private sealed record Entry(
        string? Puid, string Name, string? Version, string? MimeType, string[]? Extensions, Pattern[]? Patterns, long[]? Lengths, bool NeedsExtension);

    /// <param name="Offset">From the beginning, or, below 0, from the end.</param>
    /// <param name="Bytes">In the PRONOM signature syntax, without gaps.</param>
    private sealed record Pattern(int Offset, string Bytes);
}
