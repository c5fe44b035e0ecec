using System.Text.RegularExpressions;
using Preserve.Catalog.Audit;

namespace Preserve.Web.Admin;

/// <summary>An act as a person reads it: <c>PasswordLinkIssued</c> becomes "password link issued".</summary>
public static partial class AuditWords
{
    public static string Of(AuditAction action) => Humps().Replace(action.ToString(), " ").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Humps();
}
