using System.Text;
using Preserve.Sandbox.Tools;

namespace Preserve.Sandbox.Tests;

/// <summary>How programs end, and that nothing of them stays.</summary>
public sealed class EndingTests : IDisposable
{
    private const int Patience = 90_000;

    private readonly BubblewrapSandbox _sandbox = Probe.NewSandbox();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _sandbox.Dispose();

    [Theory(Timeout = Patience)]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill 'SEGV', $$", 139)]
    public async Task The_exit_code_is_told(string script, int exitCode)
    {
        var exit = (await Probe.RunAsync(Probe.Spec(script))).Exit;
        Assert.Equal((exitCode, SandboxEndCause.Exited), (exit.ExitCode, exit.Cause));
    }

    [Fact(Timeout = Patience)]
    public async Task A_request_to_end_reaches_the_program_which_may_end_in_its_own_way()
    {
        await using var process = await StartReadyAsync("$SIG{TERM} = sub { exit 5 }; print \"ready\\n\"; sleep 1 while 1");
        var exit = await process.EndAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal((5, SandboxEndCause.Ended), (exit.ExitCode, exit.Cause));
    }

    [Fact(Timeout = Patience)]
    public async Task A_program_that_does_not_end_is_killed_after_the_grace_with_all_its_children()
    {
        await using var process = await StartReadyAsync(
            "$SIG{TERM} = 'IGNORE'; for (1..3) { fork or do { sleep 1 while 1 } } print \"ready\\n\"; sleep 1 while 1");
        var inside = Inside.ProcessesOf(process.ProcessId);
        Assert.Equal(5, inside.Count);
        var exit = await process.EndAsync(TimeSpan.FromMilliseconds(50), Token);
        Assert.Equal((137, SandboxEndCause.Killed), (exit.ExitCode, exit.Cause));
        Assert.DoesNotContain(inside, Inside.IsAlive);
    }

    [Fact(Timeout = Patience)]
    public async Task Children_that_the_program_leaves_behind_are_gone_at_its_completion()
    {
        await using var process = await StartReadyAsync("for (1..3) { fork or do { close STDOUT; sleep 1 while 1 } } print \"ready\\n\"; <STDIN>");
        var inside = Inside.ProcessesOf(process.ProcessId);
        Assert.Equal(5, inside.Count);
        await process.StandardInput.DisposeAsync();
        var exit = await process.Completion.WaitAsync(Token);
        Assert.Equal(0, exit.ExitCode);
        Assert.DoesNotContain(inside, Inside.IsAlive);
    }

    [Fact(Timeout = Patience)]
    public async Task Disposing_kills()
    {
        var process = await StartReadyAsync("print \"ready\\n\"; sleep 1 while 1");
        var inside = Inside.ProcessesOf(process.ProcessId);
        await process.DisposeAsync();
        Assert.DoesNotContain(inside, Inside.IsAlive);
        Assert.Equal(SandboxEndCause.Killed, (await process.Completion).Cause);
    }

    [Fact(Timeout = Patience)]
    public async Task The_last_lines_of_standard_error_are_kept()
    {
        var exit = (await Probe.RunAsync(Probe.Spec("print STDERR \"{early}\\n\", 'x' x 100_000, \"\\nlast\"; exit 3"))).Exit;
        Assert.EndsWith("xxx\nlast", exit.StandardError, StringComparison.Ordinal);
        Assert.InRange(exit.StandardError.Length, 8000, 8192);
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_fed_arrives_whole_and_nothing_of_ours_before_it()
    {
        var fed = new byte[300_000];
        Random.Shared.NextBytes(fed);
        var limits = new ToolLimits { Timeout = TimeSpan.FromSeconds(30), OutputLengthInBytes = 1_000_000 };
        var result = await _sandbox.RunAsync(Probe.Spec("binmode STDIN; binmode STDOUT; print while <STDIN>"), limits, new MemoryStream(fed), Token);
        Assert.True(result.IsSuccess, result.Describe());
        Assert.Equal(fed, result.Output.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task A_tool_is_stopped_at_the_bound_of_its_output()
    {
        var limits = new ToolLimits { Timeout = TimeSpan.FromSeconds(30), OutputLengthInBytes = 1000 };
        var result = await _sandbox.RunAsync(Probe.Spec("print 'x' x 100 while 1"), limits, null, Token);
        Assert.Equal((ToolOutcome.OutputTooLong, 1000), (result.Outcome, result.Output.Length));
    }

    [Fact(Timeout = Patience)]
    public async Task A_tool_that_takes_too_long_is_killed()
    {
        var limits = new ToolLimits { Timeout = TimeSpan.FromMilliseconds(300), OutputLengthInBytes = 1000 };
        var result = await _sandbox.RunAsync(Probe.Spec("sleep 1 while 1"), limits, null, Token);
        Assert.Equal(ToolOutcome.TimedOut, result.Outcome);
    }

    [Fact(Timeout = Patience)]
    public async Task A_cancelled_tool_is_gone()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var limits = new ToolLimits { Timeout = TimeSpan.FromSeconds(60), OutputLengthInBytes = 1000 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _sandbox.RunAsync(Probe.Spec("sleep 1 while 1") with { Name = "cancelled" }, limits, null, cancel.Token));
        Assert.DoesNotContain(Inside.AllCommandLines(), line => line.Contains("--hostname cancelled ", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task A_start_that_is_called_off_at_any_moment_leaves_no_process_inside()
    {
        Requirement.OfSandbox();
        var spec = Probe.Spec("sleep 1 while 1") with { Name = $"c{Guid.NewGuid():N}"[..20] };
        for (var moment = 0; moment < 200; moment++)
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(moment % 40 * 0.5));
            try
            {
                await (await _sandbox.StartAsync(spec, cancel.Token)).DisposeAsync();
            }
            catch (OperationCanceledException)
            {
                // That is what is tried.
            }
        }

        Assert.DoesNotContain(Inside.AllCommandLines(), line => line.Contains($"--hostname {spec.Name} ", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task Twenty_start_at_once()
    {
        var asked = Enumerable.Range(0, 20).Select(number => Probe.AskAsync($"print {number}"));
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"{number}"), await Task.WhenAll(asked));
    }

    private async Task<ISandboxedProcess> StartReadyAsync(string script)
    {
        Requirement.OfSandbox();
        var process = await _sandbox.StartAsync(Probe.Spec(script) with { ReadsStandardOutput = true, WritesStandardInput = true }, Token);
        var line = new byte[6];
        await process.StandardOutput.ReadExactlyAsync(line, Token);
        Assert.Equal("ready\n", Encoding.ASCII.GetString(line));
        return process;
    }
}
