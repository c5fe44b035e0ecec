using System.Text.Json;
using System.Text.Json.Serialization;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Characterisation;

namespace Preserve.Catalog.Probing;

/// <summary>What the child is asked: one line of JSON on its standard input.</summary>
/// <param name="Signatures">DROID signature file as seen inside; null for none.</param>
/// <param name="Containers">Container signature file as seen inside; null for none.</param>
/// <param name="Files">What to look at, in this order.</param>
/// <param name="Bag">Files of a bag: then it is judged instead, and answered with one <see cref="BagAnswer"/>.</param>
internal sealed record ProbeRequest(string? Signatures, string? Containers, IReadOnlyList<ProbeRequestFile> Files, IReadOnlyList<BagListedFile>? Bag = null);

/// <param name="Path">As seen inside.</param>
/// <param name="Name">As its owner calls it, for its extension.</param>
internal sealed record ProbeRequestFile(string Path, string Name);

/// <summary>What the child answers: one line of JSON on its standard output for each file, in order.</summary>
/// <param name="Identification">What the file is.</param>
/// <param name="Facts">What it says about itself as a medium.</param>
/// <param name="Problem">Why it could not be looked at; empty when it could.</param>
internal sealed record ProbeAnswer(FileIdentification Identification, MediumFacts Facts, string Problem);

/// <summary>Both ends write and read the same way.</summary>
internal static class ProbeWire
{
    /// <summary>Longest line of an answer, in bytes.</summary>
    public const int LongestLine = 64 * 1024;

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = 16,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };
}
