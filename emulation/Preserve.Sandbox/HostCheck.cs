using Preserve.Sandbox.Groups;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox;

/// <summary>Finds out what is missing on this host, by looking and by a trial run. The answer is kept for some seconds.</summary>
internal sealed class HostCheck(BubblewrapSandbox sandbox, SandboxOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_validFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_trialPatience = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _one = new(1, 1);
    private IReadOnlyList<SandboxFinding>? _known;
    private long _knownSince;

    /// <summary>What to say when we are root and the service user does not exist.</summary>
    public static string ServiceUserMissing(string serviceUser) =>
        $"The service runs as root and the user {serviceUser}, which sandboxed programs run as, does not exist. Run: {SandboxUser.CommandToAdd(serviceUser)}";

    public async Task<IReadOnlyList<SandboxFinding>> RunAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_known is null || time.GetElapsedTime(_knownSince) > s_validFor)
            {
                _known = await LookAsync(cancellationToken).ConfigureAwait(false);
                _knownSince = time.GetTimestamp();
            }

            return _known;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<IReadOnlyList<SandboxFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var findings = HostPrograms.Missing()
            .Select(missing => new SandboxFinding(true, $"The program {missing.Program} is missing. Install the package {missing.Package}."))
            .ToList();
        if (SandboxUser.Find(options.ServiceUser) is null)
        {
            findings.Add(new SandboxFinding(true, ServiceUserMissing(options.ServiceUser)));
        }

        findings.AddRange(KernelFindings());
        if (!findings.Exists(finding => finding.Prevents) && await TrialAsync(cancellationToken).ConfigureAwait(false) is { } failure)
        {
            findings.Add(new SandboxFinding(true, failure));
        }

        if (ControlGroups.OfThisProcess is (null, var reason))
        {
            findings.Add(new SandboxFinding(false, $"The bound on memory is on the address space of each process, not on a sandbox as a whole: {reason}."));
        }

        return findings;
    }

    private static IEnumerable<SandboxFinding> KernelFindings()
    {
        if (ReadSetting("/proc/sys/kernel/unprivileged_userns_clone") == "0")
        {
            yield return new SandboxFinding(true, "User namespaces are off. Run: sysctl -w kernel.unprivileged_userns_clone=1");
        }

        if (ReadSetting("/proc/sys/user/max_user_namespaces") == "0")
        {
            yield return new SandboxFinding(true, "User namespaces are off. Run: sysctl -w user.max_user_namespaces=10000");
        }

        if (ReadSetting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1")
        {
            yield return new SandboxFinding(false,
                "AppArmor restricts user namespaces; bubblewrap needs a profile that allows them, or: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
        }
    }

    private static string? ReadSetting(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    /// <summary>Runs a program that does nothing; null when that works.</summary>
    private async Task<string?> TrialAsync(CancellationToken cancellationToken)
    {
        var spec = new SandboxSpec
        {
            Name = "trial",
            Program = $"{SandboxView.OwnFolder}/sh",
            Arguments = ["-c", "exit 0"],
            Filter = SandboxFilter.Ours,
            Bounds = new SandboxBounds
            {
                MemoryInBytes = 256 * 1024 * 1024,
                ProcessorTime = TimeSpan.FromSeconds(5),
                Processes = 2,
                FileLengthInBytes = 0,
                PrivateFolderLengthInBytes = 0,
            },
        };
        try
        {
            var process = await sandbox.StartAsync(spec, cancellationToken).ConfigureAwait(false);
            await using (process.ConfigureAwait(false))
            {
                var exit = await process.Completion.WaitAsync(s_trialPatience, time, cancellationToken).ConfigureAwait(false);
                return exit.ExitCode == 0 ? null : $"A trial sandbox failed with exit code {exit.ExitCode}: {exit.StandardError}";
            }
        }
        catch (SandboxException exception)
        {
            return exception.Message.Contains("namespace", StringComparison.Ordinal)
                ? $"{exception.Message.TrimEnd()} In a container, start it as deploy/docker/README.md says; below chroot there is no way."
                : exception.Message;
        }
        catch (TimeoutException)
        {
            return $"A trial sandbox did not end within {s_trialPatience.TotalSeconds} s.";
        }
    }
}
