using System.Text;
using Preserve.Sandbox.Tools;
using Preserve.Sandbox.Unconfined;

namespace Preserve.Sandbox.Tests;

/// <summary>Programs without a sandbox see the same files from their working directory, are bounded, and end with whoever owns them.</summary>
public sealed class UnconfinedTests : IDisposable
{
    private const int Limit = 30_000;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("preserve-unconfined-test-");
    private readonly UnconfinedSandbox _sandbox = new(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task Mounts_and_private_folder_are_where_a_sandbox_would_show_them_from_its_root()
    {
        Requirement.OfSandbox();
        var medium = Path.Combine(_root.FullName, "medium");
        await File.WriteAllTextAsync(medium, "sectors", Token);
        var own = Path.Combine(_root.FullName, "own");
        _sandbox.CreatePrivateFolder(own);
        var spec = Probe.Spec("""open F, '<', 'media/a'; print <F>; open G, '>', 'overlay/b'; print G 'kept';""") with
        {
            ReadOnlyMounts = [new SandboxMount(medium, "/media/a")],
            PrivateFolder = new SandboxMount(own, "/overlay"),
        };
        var result = await RunAsync(spec);
        Assert.Equal("sectors", Encoding.UTF8.GetString(result.Output.Span));
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(own, "b"), Token));
    }

    [Fact(Timeout = Limit)]
    public async Task The_view_is_gone_afterwards_and_what_it_led_to_is_not()
    {
        Requirement.OfSandbox();
        var medium = Path.Combine(_root.FullName, "medium");
        await File.WriteAllTextAsync(medium, "sectors", Token);
        var result = await RunAsync(Probe.Spec("use Cwd; print getcwd();") with { ReadOnlyMounts = [new SandboxMount(medium, "/media/a")] });
        Assert.False(Directory.Exists(Probe.Text(result)));
        Assert.True(File.Exists(medium));
    }

    [Fact(Timeout = Limit)]
    public async Task Who_uses_up_processor_time_is_ended_and_said_so()
    {
        Requirement.OfSandbox();
        var spec = Probe.Spec("1 while 1;") with { Bounds = Probe.Bounds with { ProcessorTime = TimeSpan.FromSeconds(1) } };
        await using var process = await _sandbox.StartAsync(spec, Token);
        Assert.Equal(SandboxEndCause.ProcessorTimeUsedUp, (await process.Completion).Cause);
    }

    [Fact(Timeout = Limit)]
    public async Task Who_does_not_end_when_asked_is_killed()
    {
        Requirement.OfSandbox();
        var spec = Probe.Spec("$SIG{TERM} = 'IGNORE'; print 'ready'; sleep 600;") with { ReadsStandardOutput = true };
        await using var process = await _sandbox.StartAsync(spec, Token);
        await process.StandardOutput.ReadExactlyAsync(new byte[5], Token);
        Assert.Equal(SandboxEndCause.Killed, (await process.EndAsync(TimeSpan.FromMilliseconds(50), Token)).Cause);
        Assert.False(Inside.IsAlive(process.ProcessId));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private async Task<ToolResult> RunAsync(SandboxSpec spec)
    {
        var result = await _sandbox.RunAsync(spec, new ToolLimits { Timeout = TimeSpan.FromSeconds(20), OutputLengthInBytes = 4096 }, null, Token);
        Assert.Equal(ToolOutcome.Finished, result.Outcome);
        return result;
    }
}
