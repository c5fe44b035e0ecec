using System.Globalization;
using Preserve.Sandbox.Host;
using Preserve.Sandbox.Processes;

namespace Preserve.Sandbox;

/// <summary>
/// The one place where a spec becomes an argument list. Each program replaces the one before it, so that the outermost
/// process stays the same and is bubblewrap in the end:
/// 1. a shell enters the sandbox's control group, where there is one, ignores SIGXFSZ (which exec keeps) and opens the descriptors,
/// 2. prlimit sets the bounds that hold from here on,
/// 3. setpriv becomes the service user, if we are root,
/// 4. bubblewrap makes the namespaces, the view, and loads the filter; from now on it dies with our starting thread,
/// 5. inside, a shell waits for a line from us; without one, because we are gone, nothing starts,
/// 6. prlimit bounds the number of processes, which must be done inside the new user namespace to count only its own,
/// 7. the program.
/// </summary>
/// <remarks>
/// Nothing asks to be killed with us before bubblewrap itself does: killed between making its process 1 and letting it go on,
/// bubblewrap leaves that one waiting for ever. Up to then step 5 is what ends a start whose host is gone.
/// </remarks>
internal sealed record SandboxCommand(SandboxSpec Spec, SandboxUser User, SandboxOptions Options)
{
    /// <summary>What is written to standard input when the program may start.</summary>
    public static ReadOnlyMemory<byte> GoLine { get; } = "go\n"u8.ToArray();

    // bubblewrap's process 1 is in the same user namespace and counts.
    private const int OwnProcesses = 1;

    private const string OuterScript =
        """[ -z "$3" ] || echo 0 >"$3" || exit 1; trap '' XFSZ; [ -z "$1" ] || exec 9<"$1"; [ "$2" = keep ] || exec >/dev/null; shift 3; exec "$@" """;
    private const string InnerScript = """read -r go && [ "$go" = go ] && exec "$@" """;

    /// <summary>The arguments after <see cref="HostPrograms.Shell"/>.</summary>
    /// <param name="filterPath">Where the compiled filter can be opened, or null for none.</param>
    /// <param name="groupPath">Where its control group is entered, or null for none.</param>
    public IReadOnlyList<string> Build(string? filterPath, string? groupPath)
    {
        return
        [
            "-c", OuterScript, "sandbox", filterPath ?? "", Spec.ReadsStandardOutput ? "keep" : "discard", groupPath ?? "",
            HostPrograms.ResourceLimits!, .. OuterLimits(), "--",
            .. ChangeOfUser(), .. Priority(),
            HostPrograms.Bubblewrap!, .. Isolation(), .. SandboxView.Options(Spec, Options.TemporaryFolderLengthInBytes),
            .. EnvironmentOptions(), .. filterPath is null ? [] : (string[])["--seccomp", "9"], "--",
            $"{SandboxView.OwnFolder}/sh", "-c", InnerScript, "sandbox",
            $"{SandboxView.OwnFolder}/prlimit", Limit("nproc", Spec.Bounds.Processes + OwnProcesses), "--",
            Spec.Program, .. Spec.Arguments,
        ];
    }

    private IEnumerable<string> OuterLimits()
    {
        var bounds = Spec.Bounds;
        var seconds = (long)Math.Max(1, Math.Ceiling(bounds.ProcessorTime.TotalSeconds));
        yield return Limit("core", 0);
        yield return Limit("as", bounds.MemoryInBytes);
        // SIGXCPU at the bound says why; SIGKILL a second later, should it be ignored.
        yield return string.Create(CultureInfo.InvariantCulture, $"--cpu={seconds}:{seconds + 1}");
        yield return Limit("nofile", bounds.OpenFiles);
        yield return Limit("fsize", bounds.FileLengthInBytes);
    }

    private string[] ChangeOfUser() => User.IsOurselves
        ? []
        : [
            HostPrograms.Privileges!,
            string.Create(CultureInfo.InvariantCulture, $"--reuid={User.UserId}"),
            string.Create(CultureInfo.InvariantCulture, $"--regid={User.GroupId}"),
            "--clear-groups", "--",
        ];

    private string[] Priority() => Spec.IsBackground && HostPrograms.Priority is { } nice ? [nice, "-n", "19"] : [];

    private string[] Isolation() =>
    [
        "--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534",
        "--hostname", Spec.Name, "--die-with-parent", "--new-session", "--clearenv", "--unsetenv", Leftovers.Mark, "--chdir", "/",
    ];

    private IEnumerable<string> EnvironmentOptions() => Spec.Environment.SelectMany(pair => (string[])["--setenv", pair.Key, pair.Value]);

    private static string Limit(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"--{name}={value}:{value}");
}
