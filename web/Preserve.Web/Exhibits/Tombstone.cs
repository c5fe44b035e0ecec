using System.Globalization;
using Preserve.Catalog.Objects;

namespace Preserve.Web.Exhibits;

/// <summary>What is left of a work that was withdrawn.</summary>
/// <param name="Title">What it was called.</param>
/// <param name="WithdrawnAt">When it was taken out of use.</param>
/// <param name="Reason">Why, in the house's words.</param>
/// <param name="AreBytesKept">False once they were deleted.</param>
public sealed record Tombstone(string Title, DateTimeOffset WithdrawnAt, string Reason, bool AreBytesKept)
{
    /// <param name="title">Of what was asked for.</param>
    /// <param name="withdrawn">The object that was withdrawn.</param>
    public static Tombstone Of(string title, PreservedObject withdrawn) => new(
        title, DateTimeOffset.FromUnixTimeMilliseconds(withdrawn.WithdrawnAt!.Value), withdrawn.WithdrawalReason, withdrawn.PurgedAt is null);

    /// <summary>In a sentence or two, without the reason.</summary>
    public string Words =>
        $"“{Title}” was withdrawn on {WithdrawnAt.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}. "
        + (AreBytesKept ? "It is still preserved, and nobody can use it." : "What was stored of it has been deleted.");
}
