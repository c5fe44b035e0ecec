namespace Preserve.Workers.Printing;

/// <summary>What a machine has printed, or why there is nothing.</summary>
/// <param name="Outcome">Which of these.</param>
/// <param name="Sent">The bytes as they came; empty for none.</param>
/// <param name="IsFull">Whether more was printed than is kept.</param>
/// <param name="CodePage">Character set of the machine; empty where none is known.</param>
public sealed record PrinterOutput(PrinterOutcome Outcome, byte[] Sent, bool IsFull, string CodePage)
{
    public static PrinterOutput None(PrinterOutcome outcome) => new(outcome, [], false, "");
}

/// <summary>What became of the question.</summary>
public enum PrinterOutcome
{
    Printed,

    /// <summary>It has printed nothing yet.</summary>
    Nothing,

    /// <summary>It has no parallel port.</summary>
    NoPrinter,

    NotRunning,
}
