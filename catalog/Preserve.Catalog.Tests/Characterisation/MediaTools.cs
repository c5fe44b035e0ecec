// Media are made by the tools that made them in life; no product code runs these.
#pragma warning disable RS0030

using System.Diagnostics;

namespace Preserve.Catalog.Tests.Characterisation;

/// <summary>Makes media with mtools, mkfs and the like, in one folder.</summary>
internal sealed class MediaTools(string folder)
{
    /// <summary>Runs a script of a POSIX shell in the folder; skips where a tool it begins a line with is missing.</summary>
    public async Task RunAsync(string script)
    {
        foreach (var tool in script.Split('\n').Select(line => line.TrimStart().Split(' ')[0]).Where(word => word.Length > 0).Distinct())
        {
            if (!await SucceedsAsync($"command -v {tool}"))
            {
                Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"{tool} is not installed.");
                Assert.Fail($"{tool} is not installed.");
            }
        }

        Assert.True(await SucceedsAsync("set -e\n" + script), script);
    }

    private async Task<bool> SucceedsAsync(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec </dev/null >/dev/null 2>&1\n" + script]) { WorkingDirectory = folder };
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin";
        start.Environment["HOME"] = folder;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
