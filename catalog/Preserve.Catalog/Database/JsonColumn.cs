using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Preserve.Catalog.Database;

/// <summary>
/// Keeps a list or map as JSON text. Chosen over the engines' own types (arrays, jsonb), so that both hold the same bytes in
/// the same order.
/// </summary>
internal static class JsonColumn
{
    // Stored, never put into a page as it stands: titles stay readable in the database.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="property">A list or map of strings.</param>
    /// <param name="maximumLength">In characters of JSON.</param>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property, int maximumLength) where T : class, new() =>
        property
            .HasConversion(value => Write(value), text => Read<T>(text), new ValueComparer<T>(
                (left, right) => Write(left) == Write(right),
                value => Write(value).GetHashCode(StringComparison.Ordinal),
                value => Read<T>(Write(value))))
            .HasMaxLength(maximumLength)
            .IsRequired();

    private static string Write<T>(T? value) => JsonSerializer.Serialize(value, Options);

    private static T Read<T>(string text) where T : class, new() => JsonSerializer.Deserialize<T>(text, Options) ?? new T();
}
