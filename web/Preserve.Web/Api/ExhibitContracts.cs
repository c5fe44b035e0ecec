using Preserve.Web.Exhibits;

namespace Preserve.Web.Api;

/// <summary>An exhibit in a list.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Creators">Who made it.</param>
/// <param name="Date">As the curator wrote it.</param>
/// <param name="Medium">Its media in words.</param>
/// <param name="Machines">Each machine in words.</param>
/// <param name="Page">Path of its page.</param>
/// <param name="Poster">Path of its poster, or null while there is none.</param>
public sealed record ExhibitSummary(
    string Slug, string Title, IReadOnlyList<string> Creators, string Date, string Medium, IReadOnlyList<string> Machines, string Page, string? Poster)
{
    public static ExhibitSummary Of(ExhibitView exhibit) => new(
        exhibit.Slug, exhibit.Title, exhibit.Creators, exhibit.Date, exhibit.Medium, exhibit.Machines,
        $"/exhibits/{exhibit.Slug}", exhibit.Poster is null ? null : $"/exhibits/{exhibit.Slug}/poster.png");
}

/// <summary>An exhibit with its label.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Creators">Who made it.</param>
/// <param name="Date">As the curator wrote it.</param>
/// <param name="Medium">Its media in words.</param>
/// <param name="Machines">Each machine in words.</param>
/// <param name="Page">Path of its page.</param>
/// <param name="Poster">Path of its poster, or null while there is none.</param>
/// <param name="LabelText">Markdown without HTML.</param>
/// <param name="TryThis">Short things to try.</param>
/// <param name="Rights">Licence or rights statement in words.</param>
/// <param name="TimeLimitInSeconds">Longest session.</param>
/// <param name="Flashes">Whether the screen flashes.</param>
/// <param name="Environments">Ids of the environments that run together.</param>
public sealed record ExhibitDetail(
    string Slug, string Title, IReadOnlyList<string> Creators, string Date, string Medium, IReadOnlyList<string> Machines, string Page, string? Poster,
    string LabelText, IReadOnlyList<string> TryThis, string Rights, int TimeLimitInSeconds, bool Flashes, IReadOnlyList<string> Environments)
{
    public static ExhibitDetail Of(ExhibitView exhibit)
    {
        var summary = ExhibitSummary.Of(exhibit);
        return new ExhibitDetail(
            summary.Slug, summary.Title, summary.Creators, summary.Date, summary.Medium, summary.Machines, summary.Page, summary.Poster,
            exhibit.LabelText, exhibit.TryThis, exhibit.Rights, (int)exhibit.TimeLimit.TotalSeconds, exhibit.Flashes, exhibit.EnvironmentIds);
    }
}
