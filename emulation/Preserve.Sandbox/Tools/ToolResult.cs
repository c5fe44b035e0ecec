namespace Preserve.Sandbox.Tools;

/// <summary>How the run of a tool went.</summary>
public enum ToolOutcome
{
    /// <summary>It ended by itself; its exit code says with what result.</summary>
    Finished,

    /// <summary>It did not end in time and was killed.</summary>
    TimedOut,

    /// <summary>It wrote more than was asked for and was killed.</summary>
    OutputTooLong,

    /// <summary>It used more than its bounds allow and was ended.</summary>
    BoundExceeded,
}

/// <summary>What a tool answered.</summary>
/// <param name="Outcome">Whether it ran to its end.</param>
/// <param name="Exit">How it ended.</param>
/// <param name="Output">Its standard output; never longer than the bound. Hostile if its input was.</param>
public sealed record ToolResult(ToolOutcome Outcome, SandboxExit Exit, ReadOnlyMemory<byte> Output)
{
    /// <summary>True when it ended by itself with exit code 0.</summary>
    public bool IsSuccess => Outcome == ToolOutcome.Finished && Exit.ExitCode == 0;

    /// <summary>One line for a person: what happened and the tool's last words.</summary>
    public string Describe() => $"{Outcome}, exit code {Exit.ExitCode}{(Exit.StandardError.Length == 0 ? "" : ": " + Exit.StandardError)}";
}
