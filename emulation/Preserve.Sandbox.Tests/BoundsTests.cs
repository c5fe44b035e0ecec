using System.Globalization;
using Preserve.Sandbox.Tools;

namespace Preserve.Sandbox.Tests;

/// <summary>Each bound, from the inside.</summary>
public sealed class BoundsTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task Memory_past_the_bound_is_not_given()
    {
        var result = await Probe.RunAsync(Probe.Spec("my $n = 600 * 1024 * 1024; print 'before '; my $x = 'x' x $n; print 'after'"));
        Assert.Equal("before", Probe.Text(result));
        Assert.NotEqual(0, result.Exit.ExitCode);
    }

    [Fact(Timeout = Patience)]
    public async Task A_fork_bomb_stops_at_the_bound()
    {
        // The bound is 8: the probe itself and 7 children.
        Assert.Equal("7", await Probe.AskAsync("my $n = 0; while (defined(my $p = fork)) { if (!$p) { sleep 60; exit } last if ++$n == 50 } print $n"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_file_past_the_bound_gets_EFBIG_and_the_program_lives()
    {
        using var folder = new PrivateFolder();
        var result = await Probe.RunAsync(Probe.Spec(
            "open F, '>', '/private/f'; binmode F; for (1..5) { defined syswrite(F, 'x' x (1024*1024)) or print $!{EFBIG} ? 'EFBIG ' : $! } print -s '/private/f'")
            with { PrivateFolder = folder.Mount });
        Assert.Equal("EFBIG 4194304", Probe.Text(result));
        Assert.Equal(0, result.Exit.ExitCode);
    }

    [Theory(Timeout = Patience)]
    [InlineData("for my $i (1..8) { open F, '>', \"/private/$i\"; print F 'x' x (4*1024*1024); close F } sleep 60")]
    [InlineData("for my $i (1..300) { open F, '>', \"/private/$i\" } sleep 60")]
    [InlineData("chdir '/private'; for (1..100) { mkdir 'd'; chdir 'd' } sleep 60")]
    [InlineData("my @h; for my $i (1..8) { open $h[$i], '>', '/private/f'; unlink '/private/f'; syswrite $h[$i], 'x' x (4*1024*1024) } sleep 60")]
    [InlineData("for my $i (1..300) { symlink 'x', \"/private/$i\" }")]
    public async Task A_private_folder_that_overflows_ends_the_sandbox(string script)
    {
        using var folder = new PrivateFolder();
        var result = await Probe.RunAsync(Probe.Spec(script) with { PrivateFolder = folder.Mount });
        Assert.Equal(SandboxEndCause.PrivateFolderFull, result.Exit.Cause);
        Assert.Equal(ToolOutcome.BoundExceeded, result.Outcome);
    }

    [Theory(Timeout = Patience)]
    [InlineData("1 while 1")]
    [InlineData("$SIG{XCPU} = 'IGNORE'; 1 while 1")]
    public async Task Processor_time_ends_it(string script)
    {
        var spec = Probe.Spec(script);
        var result = await Probe.RunAsync(spec with { Bounds = spec.Bounds with { ProcessorTime = TimeSpan.FromSeconds(1) } });
        Assert.Equal(SandboxEndCause.ProcessorTimeUsedUp, result.Exit.Cause);
    }

    [Fact(Timeout = Patience)]
    public async Task Open_files_stop_at_the_bound()
    {
        var spec = Probe.Spec("my @h; my $n = 0; while (open $h[$n], '<', '/dev/null') { $n++ } print $n");
        var result = await Probe.RunAsync(spec with { Bounds = spec.Bounds with { OpenFiles = 32 } });
        Assert.InRange(int.Parse(Probe.Text(result), CultureInfo.InvariantCulture), 20, 32);
    }

    [Fact(Timeout = Patience)]
    public async Task The_private_tmp_is_bounded()
    {
        var spec = Probe.Spec("for my $i (1..8) { open F, '>', \"/tmp/$i\"; syswrite F, 'x' x (4*1024*1024) or do { print $!{ENOSPC} ? 'full' : $!; exit } }");
        Assert.Equal("full", Probe.Text(await Probe.RunAsync(spec)));
    }

    [Theory(Timeout = Patience)]
    [InlineData("/")]
    [InlineData("/dev")]
    [InlineData("/dev/shm")]
    [InlineData("/usr/lib")]
    [InlineData("/.preserve")]
    [InlineData("/proc")]
    public async Task Nothing_can_be_written_outside_the_private_folder_and_tmp(string folder)
    {
        Assert.Equal("no", await Probe.AskAsync($"print open(F, '>', '{folder}/x') ? 'yes' : 'no'"));
    }

    [Fact(Timeout = Patience)]
    public async Task No_core_is_written_and_no_bound_can_be_raised()
    {
        var limits = await Probe.AskAsync("open F, '/proc/self/limits'; for (<F>) { /^Max (core|cpu|address|processes|open files|file size)/ or next; my @f = split /\\s{2,}/; print \"$f[1] $f[2];\" }");
        Assert.Equal("20 21;4194304 4194304;0 0;9 9;256 256;536870912 536870912;", limits);
    }
}
