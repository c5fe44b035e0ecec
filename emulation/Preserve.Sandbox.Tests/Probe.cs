using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Sandbox.Tools;

namespace Preserve.Sandbox.Tests;

/// <summary>A Perl program that looks around from the inside. Perl, because every Debian has it and it can make any system call.</summary>
internal static class Probe
{
    public const string Perl = "/usr/bin/perl";

    public static SandboxBounds Bounds { get; } = new()
    {
        MemoryInBytes = 512L * 1024 * 1024,
        ProcessorTime = TimeSpan.FromSeconds(20),
        Processes = 8,
        FileLengthInBytes = 4 * 1024 * 1024,
        PrivateFolderLengthInBytes = 16 * 1024 * 1024,
    };

    public static BubblewrapSandbox NewSandbox() => new(new SandboxOptions(), NullLogger.Instance);

    /// <summary>Runs the script without arguments or environment.</summary>
    public static SandboxSpec Spec(string script) => new()
    {
        Name = "probe",
        Program = Perl,
        Arguments = ["-e", "$| = 1; " + script],
        Bounds = Bounds,
        Filter = SandboxFilter.Ours,
    };

    /// <summary>Runs a script to its end; the test fails when that needs more than half a minute.</summary>
    public static async Task<ToolResult> RunAsync(SandboxSpec spec)
    {
        Requirement.OfSandbox();
        using var sandbox = NewSandbox();
        var limits = new ToolLimits { Timeout = TimeSpan.FromSeconds(30), OutputLengthInBytes = 64 * 1024 };
        var result = await sandbox.RunAsync(spec, limits, null, TestContext.Current.CancellationToken);
        Assert.NotEqual(ToolOutcome.TimedOut, result.Outcome);
        return result;
    }

    /// <summary>What a script prints, without white space around it.</summary>
    public static async Task<string> AskAsync(string script) => Text(await RunAsync(Spec(script)));

    public static string Text(ToolResult result) => Encoding.UTF8.GetString(result.Output.Span).Trim();
}
