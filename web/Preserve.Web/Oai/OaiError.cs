namespace Preserve.Web.Oai;

/// <summary>Error codes of the protocol (OAI-PMH 2.0, section 3.6), by their names on the wire.</summary>
public enum OaiErrorCode
{
    BadArgument,
    BadResumptionToken,
    BadVerb,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
    NoMetadataFormats,
    NoSetHierarchy,
}

/// <summary>Why a request is not answered, in words.</summary>
public sealed record OaiError(OaiErrorCode Code, string Words)
{
    /// <summary>Such as <c>badArgument</c>.</summary>
    public string Name => char.ToLowerInvariant(Code.ToString()[0]) + Code.ToString()[1..];

    /// <summary>Whether the answer may repeat the request's arguments: not where these are what is wrong.</summary>
    public bool RepeatsArguments => Code is not (OaiErrorCode.BadArgument or OaiErrorCode.BadVerb);
}
