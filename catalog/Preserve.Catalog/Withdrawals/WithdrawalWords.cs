using Preserve.Catalog.Database;

namespace Preserve.Catalog.Withdrawals;

/// <summary>What is wrong with a reason, in words.</summary>
internal static class WithdrawalWords
{
    public static string? Problem(string reason) =>
        string.IsNullOrWhiteSpace(reason) ? "Say why."
        : reason.Length > ColumnLengths.Line || reason.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) ? $"A reason has at most {ColumnLengths.Line} characters."
        : null;
}
