namespace Preserve.Sandbox.Tests;

/// <summary>What a program sees from the inside, and what it cannot do.</summary>
public sealed class IsolationTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task It_sees_only_its_own_processes()
    {
        // 1 is bubblewrap's, 2 the probe.
        Assert.Equal("1 2", await Probe.AskAsync("opendir D, '/proc'; print join ' ', sort grep /^\\d+$/, readdir D"));
    }

    [Theory(Timeout = Patience)]
    [InlineData("/etc")]
    [InlineData("/etc/passwd")]
    [InlineData("/root")]
    [InlineData("/home")]
    [InlineData("/var")]
    [InlineData("/run")]
    [InlineData("/usr/bin/bwrap")]
    [InlineData("/usr/share")]
    [InlineData("/sys")]
    [InlineData("/dev/vda")]
    [InlineData("/dev/kvm")]
    public async Task It_sees_no_other_file_of_the_host(string path)
    {
        Assert.Equal("no", await Probe.AskAsync($"print -e '{path}' ? 'yes' : 'no'"));
    }

    [Fact(Timeout = Patience)]
    public async Task It_sees_its_media_read_only_and_no_folder_of_another_sandbox()
    {
        using var own = new PrivateFolder();
        using var other = new PrivateFolder();
        using var medium = new PrivateFolder();
        await File.WriteAllTextAsync(medium["disk"], "sectors", TestContext.Current.CancellationToken);
        var spec = Probe.Spec(
            "open M, '<', '/media/disk'; print <M>, ' '; print open(W, '+<', '/media/disk') ? 'w' : '-', open(W, '>', '/media/new') ? 'w' : '-', unlink('/media/disk') ? 'w' : '-', "
            + $"chmod(0777, '/media/disk') ? 'w' : '-', -e '{other.Path}' ? 'seen' : '-', -e '{own.Path}' ? 'seen' : '-'; print open(W, '>', '/private/x') ? ' own' : $!")
            with { PrivateFolder = own.Mount, ReadOnlyMounts = [new SandboxMount(medium.Path, "/media")] };
        Assert.Equal("sectors ------ own", Probe.Text(await Probe.RunAsync(spec)));
    }

    [Fact(Timeout = Patience)]
    public async Task It_has_no_capability_and_can_gain_none()
    {
        var status = await Probe.AskAsync("open F, '/proc/self/status'; print grep /^(Cap|NoNew|Seccomp:|Groups)/, <F>");
        Assert.Equal(5, status.Split('\n').Count(line => line.StartsWith("Cap", StringComparison.Ordinal) && line.EndsWith("\t0000000000000000", StringComparison.Ordinal)));
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task It_is_not_the_root_user_of_the_host()
    {
        // uid_map: inside, in the parent namespace, count. The file tells the outermost user as the reader's namespace maps it.
        Assert.Equal("65534 65534", await Probe.AskAsync("print \"$< $>\""));
        Assert.NotEqual("0", await HostUserOfProbeAsync());
    }

    [Theory(Timeout = Patience)]
    [InlineData(SandboxFilter.Own)]
    [InlineData(SandboxFilter.Ours)]
    public async Task It_has_no_network_and_no_way_to_one(SandboxFilter filter)
    {
        var spec = Probe.Spec("open F, '/proc/net/dev'; print join ' ', map { /^\\s*(\\w+):/ ? $1 : () } <F>; "
            + "print ' ', socket(S, 2, 1, 0) && connect(S, pack('SnC4x8', 2, 53, 8, 8, 8, 8)) ? 'connected' : 'no'") with { Filter = filter };
        Assert.Equal("lo no", Probe.Text(await Probe.RunAsync(spec)));
    }

    [Theory(Timeout = Patience)]
    [InlineData(SandboxFilter.Own)]
    [InlineData(SandboxFilter.Ours)]
    public async Task It_cannot_make_a_user_namespace(SandboxFilter filter)
    {
        var number = OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64 ? 272 : 97;
        var spec = Probe.Spec($"print syscall({number}, 0x10000000) == 0 ? 'made' : 'no'") with { Filter = filter };
        Assert.Equal("no", Probe.Text(await Probe.RunAsync(spec)));
    }

    [Fact(Timeout = Patience)]
    public async Task It_inherits_neither_environment_nor_open_files_nor_terminal()
    {
        var spec = Probe.Spec("print join(',', map { \"$_=$ENV{$_}\" } sort keys %ENV), ' '; opendir D, '/proc/self/fd'; print join(' ', sort grep { /^\\d+$/ && readlink(\"/proc/self/fd/$_\") !~ m{/proc/} } readdir D); "
            + "print open(T, '<', '/dev/tty') ? ' tty' : ' -'") with { Environment = new Dictionary<string, string> { ["LANG"] = "C" } };
        Assert.Equal("LANG=C,PWD=/ 0 1 2 -", Probe.Text(await Probe.RunAsync(spec)));
    }

    [Fact(Timeout = Patience)]
    public async Task It_does_not_learn_the_name_of_the_host()
    {
        Assert.Equal("probe", await Probe.AskAsync("open F, '/proc/sys/kernel/hostname'; print <F>"));
    }

    private static async Task<string> HostUserOfProbeAsync()
    {
        Requirement.OfSandbox();
        using var sandbox = Probe.NewSandbox();
        await using var process = await sandbox.StartAsync(Probe.Spec("sleep 60"), TestContext.Current.CancellationToken);
        var status = await File.ReadAllLinesAsync($"/proc/{Inside.ProcessesOf(process.ProcessId)[^1]}/status", TestContext.Current.CancellationToken);
        return status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
    }
}
