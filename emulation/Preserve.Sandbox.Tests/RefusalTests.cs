using Microsoft.Extensions.Logging.Abstractions;

namespace Preserve.Sandbox.Tests;

/// <summary>A sandbox that cannot be made says why, in words a person can act on.</summary>
public sealed class RefusalTests
{
    private const int Patience = 60_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task A_missing_program_is_named()
    {
        Assert.Contains("/usr/bin/no-such-program does not exist", await RefusalAsync(Probe.Spec("1") with { Program = "/usr/bin/no-such-program" }), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_missing_mount_is_named()
    {
        Assert.Contains("/no/such/medium", await RefusalAsync(Probe.Spec("1") with { ReadOnlyMounts = [new SandboxMount("/no/such/medium", "/media")] }), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_mount_that_bubblewrap_cannot_place_is_told_in_its_words()
    {
        Assert.Contains("bwrap:", await RefusalAsync(Probe.Spec("1") with { ReadOnlyMounts = [new SandboxMount("/usr/bin/perl", "/usr/lib/no/such/place")] }), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task As_root_a_path_that_the_service_user_cannot_enter_is_named_with_what_to_do()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root has a service user");
        var closed = Directory.CreateTempSubdirectory("preserve-test-");
        var folder = Path.Combine(closed.FullName, "session", "private");
        using var sandbox = Probe.NewSandbox();
        sandbox.CreatePrivateFolder(folder);
        var words = await RefusalAsync(Probe.Spec("1") with { PrivateFolder = new SandboxMount(folder, "/private") });
        closed.Delete(recursive: true);
        Assert.Contains($"chmod o+x {closed.FullName}", words, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_private_folder_that_was_not_made_for_it_is_refused()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root has a service user");
        Assert.Contains("CreatePrivateFolder", await RefusalAsync(Probe.Spec("1") with { PrivateFolder = new SandboxMount("/usr/lib", "/private") }), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task As_root_a_missing_service_user_prevents_all_and_the_command_is_told()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root has a service user");
        using var sandbox = new BubblewrapSandbox(new SandboxOptions { ServiceUser = "no-such-user" }, NullLogger.Instance);
        var findings = await sandbox.CheckAsync(Token);
        Assert.Contains(findings, finding => finding.Prevents && finding.Text.Contains("useradd --system", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_that_has_all_tells_only_of_the_weaker_bound()
    {
        Requirement.OfSandbox();
        using var sandbox = Probe.NewSandbox();
        var finding = Assert.Single(await sandbox.CheckAsync(Token));
        Assert.False(finding.Prevents, finding.Text);
        Assert.Contains("memory", finding.Text, StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(SandboxSpec spec)
    {
        Requirement.OfSandbox();
        using var sandbox = Probe.NewSandbox();
        return (await Assert.ThrowsAsync<SandboxException>(() => sandbox.StartAsync(spec, Token))).Message;
    }
}
