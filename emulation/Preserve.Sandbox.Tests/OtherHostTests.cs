using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Sandbox.Processes;

namespace Preserve.Sandbox.Tests;

/// <summary>Tests with a host process of their own: one that is killed, and one that is an ordinary user.</summary>
public sealed class OtherHostTests
{
    private const int Patience = 120_000;

    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "Preserve.Sandbox.Tests.Host");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task A_host_that_is_killed_leaves_no_process_inside()
    {
        Requirement.OfSandbox();
        var name = NewName();
        using var host = await StartingThread.StartAsync(Start(["hold", name, "4"]));
        for (var ready = 0; ready < 4; ready++)
        {
            Assert.Equal("ready", await host.StandardOutput.ReadLineAsync(Token));
        }

        Assert.NotEqual(0, CountOf(name));
        host.Kill();
        await host.WaitForExitAsync(Token);
        await NoneOfAsync(name);
    }

    [Theory(Timeout = Patience)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(20)]
    public async Task A_host_that_is_killed_in_the_middle_of_its_starts_leaves_no_process_inside(int milliseconds)
    {
        Requirement.OfSandbox();
        var name = NewName();
        using var host = await StartingThread.StartAsync(Start(["hold", name, "16"]));
        Assert.Equal("ready", await host.StandardOutput.ReadLineAsync(Token));
        await Task.Delay(milliseconds, Token);
        host.Kill();
        await host.WaitForExitAsync(Token);
        await NoneOfAsync(name);
    }

    [Fact(Timeout = Patience)]
    public async Task What_a_killed_host_left_is_ended_by_the_next_and_what_lives_is_not()
    {
        Requirement.OfSandbox();
        var space = new FileInfo("/proc/self/ns/pid").LinkTarget!["pid:[".Length..^1];
        using var left = await StartingThread.StartAsync(new ProcessStartInfo("sh", ["-c", "read -r _", $"PRESERVE_HOST_{space}_{Environment.ProcessId}_1"]) { RedirectStandardInput = true });
        using var living = await StartingThread.StartAsync(new ProcessStartInfo("sh", ["-c", "read -r _", Leftovers.Mark]) { RedirectStandardInput = true });
        Leftovers.End(NullLogger.Instance);
        await left.WaitForExitAsync(Token);
        Assert.True(Inside.IsAlive(living.Id));
        living.Kill();
        await living.WaitForExitAsync(Token);
    }

    [Fact(Timeout = Patience)]
    public async Task An_ordinary_user_has_the_same_bound_on_processes()
    {
        Assert.Equal("7", await AskAsOrdinaryUserAsync(
            "my $n = 0; while (defined(my $p = fork)) { if (!$p) { sleep 60; exit } last if ++$n == 50 } print $n"));
    }

    [Fact(Timeout = Patience)]
    public async Task An_ordinary_user_has_the_same_filter_and_no_capability()
    {
        Assert.Equal("0000000000000000 2 no", await AskAsOrdinaryUserAsync(
            "open F, '/proc/self/status'; for (<F>) { /^(CapEff|Seccomp):\\t(\\w+)/ and print \"$2 \" } print socket(S, 2, 1, 0) ? 'socket' : 'no'"));
    }

    private static async Task<string> AskAsOrdinaryUserAsync(string script)
    {
        Requirement.OfSandbox();
        var isRoot = Environment.UserName == "root";
        Assert.SkipWhen(isRoot && !await CanReachAsync(), "the service user cannot reach the tests");
        string[] become = isRoot ? ["setpriv", "--reuid=preserve-sandbox", "--regid=preserve-sandbox", "--clear-groups"] : [];
        using var host = await StartingThread.StartAsync(Start(["ask", script], become));
        var output = await host.StandardOutput.ReadToEndAsync(Token);
        var error = await host.StandardError.ReadToEndAsync(Token);
        Assert.Equal("", error);
        return output;
    }

    private static async Task<bool> CanReachAsync()
    {
        using var look = await StartingThread.StartAsync(
            new ProcessStartInfo("setpriv", ["--reuid=preserve-sandbox", "--regid=preserve-sandbox", "--clear-groups", "test", "-r", s_program]));
        await look.WaitForExitAsync(Token);
        return look.ExitCode == 0;
    }

    private static ProcessStartInfo Start(string[] arguments, params string[] become)
    {
        string[] command = [.. become, s_program, .. arguments];
        return new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
            Environment = { ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")) },
        };
    }

    private static string NewName() => $"t{Guid.NewGuid():N}"[..20];

    private static int CountOf(string name) => Inside.AllCommandLines().Count(line => line.Contains($"--hostname {name} ", StringComparison.Ordinal));

    private static async Task NoneOfAsync(string name)
    {
        while (CountOf(name) > 0)
        {
            await Task.Delay(20, Token);
        }
    }
}
