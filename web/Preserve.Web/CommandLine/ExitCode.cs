namespace Preserve.Web.CommandLine;

/// <summary>What the process answers to its caller. Written down in docs/operations.md; never renumbered.</summary>
public static class ExitCode
{
    /// <summary>All was done, or there was nothing to do.</summary>
    public const int Done = 0;

    /// <summary>Something failed that the caller could not have known; standard error says what.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>What was brought in is not as its manifest says, and nothing of it was kept; or what was validated is invalid.</summary>
    public const int Refused = 3;

    /// <summary>Another service holds the data folder.</summary>
    public const int DataFolderInUse = 4;

    /// <summary>The caller ended it (SIGINT or SIGTERM) before it was done.</summary>
    public const int Interrupted = 130;
}
