namespace Preserve.Web.Oai;

/// <summary>A request of the protocol, its arguments checked as far as they can be by themselves.</summary>
public sealed record OaiRequest
{
    /// <summary>The one format that there is.</summary>
    public const string DublinCore = "oai_dc";

    /// <summary>Longest argument in characters; a resumption token is the longest.</summary>
    private const int LongestArgument = 2_000;

    // Section 4: which arguments a verb takes, and which of them it must have. resumptionToken stands alone.
    private static readonly Dictionary<string, (string[] Required, string[] Optional, bool IsList)> Verbs = new(StringComparer.Ordinal)
    {
        ["Identify"] = ([], [], false),
        ["ListMetadataFormats"] = ([], ["identifier"], false),
        ["ListSets"] = ([], [], true),
        ["GetRecord"] = (["identifier", "metadataPrefix"], [], false),
        ["ListIdentifiers"] = (["metadataPrefix"], ["from", "until", "set"], true),
        ["ListRecords"] = (["metadataPrefix"], ["from", "until", "set"], true),
    };

    public required string Verb { get; init; }

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    /// <summary>UTC milliseconds, inclusive; null for no bound.</summary>
    public long? From { get; private init; }

    /// <summary>UTC milliseconds, inclusive; null for no bound.</summary>
    public long? Until { get; private init; }

    public string? this[string name] => Arguments.GetValueOrDefault(name);

    /// <summary>Reads and checks a request.</summary>
    /// <param name="arguments">Every argument, as often as it came.</param>
    public static (OaiRequest? Request, OaiError? Error) Read(IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        var verbs = arguments.Where(argument => argument.Key == "verb").ToList();
        if (verbs.Count != 1 || !Verbs.TryGetValue(verbs[0].Value, out var rule))
        {
            return (null, new OaiError(OaiErrorCode.BadVerb, verbs.Count switch
            {
                0 => "The verb is missing.",
                1 => $"There is no such verb. Verbs are {string.Join(", ", Verbs.Keys)}.",
                _ => "The verb is given more than once.",
            }));
        }

        var given = arguments.Where(argument => argument.Key != "verb").ToList();
        if (given.GroupBy(argument => argument.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return Bad($"The argument {Shorten(twice.Key)} is given more than once.");
        }

        var named = given.ToDictionary(argument => argument.Key, argument => argument.Value, StringComparer.Ordinal);
        return Problem(named, rule) is { } problem ? Bad(problem) : Dates(new OaiRequest { Verb = verbs[0].Value, Arguments = named });
    }

    private static string? Problem(Dictionary<string, string> named, (string[] Required, string[] Optional, bool IsList) rule)
    {
        if (named.FirstOrDefault(argument => argument.Value.Length is 0 or > LongestArgument) is { Key: { } name })
        {
            return $"The argument {Shorten(name)} is empty or longer than {LongestArgument} characters.";
        }

        if (rule.IsList && named.ContainsKey("resumptionToken"))
        {
            return named.Count == 1 ? null : "The argument resumptionToken excludes every other.";
        }

        var unknown = named.Keys.Except(rule.Required).Except(rule.Optional).FirstOrDefault();
        return unknown is not null ? $"This verb does not take the argument {Shorten(unknown)}."
            : rule.Required.Except(named.Keys).FirstOrDefault() is { } missing ? $"The argument {missing} is missing."
            : null;
    }

    private static (OaiRequest? Request, OaiError? Error) Dates(OaiRequest request)
    {
        var (from, until) = (request["from"], request["until"]);
        var (first, last) = (from is null ? null : OaiDate.Parse(from), until is null ? null : OaiDate.Parse(until));
        if ((from is not null && first is null) || (until is not null && last is null))
        {
            return Bad("A date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.");
        }

        if (first is { } one && last is { } other)
        {
            if (one.IsDay != other.IsDay)
            {
                return Bad("from and until have different granularities.");
            }

            if (one.First > other.Last)
            {
                return Bad("from is later than until.");
            }
        }

        return (request with { From = first?.First, Until = last?.Last }, null);
    }

    private static (OaiRequest? Request, OaiError? Error) Bad(string words) => (null, new OaiError(OaiErrorCode.BadArgument, words));

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40];
}
