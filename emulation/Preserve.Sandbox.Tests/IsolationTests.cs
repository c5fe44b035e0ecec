namespace Preserve.Sandbox.Tests;

/// <summary>What a program sees from the inside.</summary>
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
    [InlineData("/root")]
    [InlineData("/home")]
    [InlineData("/var")]
    [InlineData("/run")]
    [InlineData("/usr/bin/bwrap")]
    [InlineData("/usr/share")]
    [InlineData("/sys")]
    public async Task It_sees_no_other_file_of_the_host(string path)
    {
        Assert.Equal("no", await Probe.AskAsync($"print -e '{path}' ? 'yes' : 'no'"));
    }

    [Fact(Timeout = Patience)]
    public async Task It_has_no_capability_and_can_gain_none()
    {
        var status = await Probe.AskAsync("open F, '/proc/self/status'; print grep /^(Cap|NoNew|Seccomp:)/, <F>");
        Assert.Equal(5, status.Split('\n').Count(line => line.StartsWith("Cap", StringComparison.Ordinal) && line.EndsWith("\t0000000000000000", StringComparison.Ordinal)));
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);
    }
}
