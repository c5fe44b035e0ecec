using System.Globalization;

namespace Preserve.Sandbox.Host;

/// <summary>Finds out before a start what bubblewrap would only say in its own words: a path that the sandbox's user cannot reach.</summary>
internal static class MountCheck
{
    private const int Enter = 1;
    private const int Write = 2;
    private const int Read = 4;

    public static void Require(SandboxSpec spec, SandboxUser user)
    {
        foreach (var mount in spec.ReadOnlyMounts)
        {
            RequireReachable(mount.HostPath, user, spec.Name);
        }

        if (spec.PrivateFolder is { } folder)
        {
            RequireReachable(folder.HostPath, user, spec.Name);
            RequirePrivate(folder.HostPath, user, spec.Name);
        }

        RequireProgram(spec, user);
    }

    private static void RequireProgram(SandboxSpec spec, SandboxUser user)
    {
        var path = SandboxView.HostPathOf(spec, spec.Program);
        RequireReachable(path, user, spec.Name);
        if (!FileFacts.TryRead(path, out var facts) || !facts.IsRegularFile || !user.May(Enter, path))
        {
            throw new SandboxException($"Sandbox {spec.Name}: {path} is not a program that the user {user.Name} may run.");
        }
    }

    private static void RequirePrivate(string path, SandboxUser user, string name)
    {
        FileFacts.TryRead(path, out var facts);
        if (!facts.IsFolder || !user.May(Read | Write | Enter, path))
        {
            throw new SandboxException(
                $"Sandbox {name}: the private folder {path} is not writable by the user {user.Name}. Make it with CreatePrivateFolder.");
        }
    }

    /// <summary>The first folder on the way into a folder, itself included, that the user cannot enter, in words; null when there is none.</summary>
    public static string? FindUnreachable(string folder, SandboxUser user)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            if (FileFacts.TryRead(current, out var facts) && facts.IsFolder && !user.May(Enter, current))
            {
                var mode = Convert.ToString(facts.Mode & 0xfff, 8).PadLeft(4, '0');
                return string.Create(CultureInfo.InvariantCulture,
                    $"The user {user.Name}, which sandboxed programs run as, cannot enter {current} (mode {mode}). Use another data folder, or run: chmod o+x {current}");
            }
        }

        return null;
    }

    private static void RequireReachable(string path, SandboxUser user, string name)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            throw new SandboxException($"Sandbox {name}: the path {path} is not absolute.");
        }

        if (Path.GetDirectoryName(path) is { } parent && FindUnreachable(parent, user) is { } problem)
        {
            throw new SandboxException($"Sandbox {name}: {path} cannot be reached. {problem}");
        }

        if (!FileFacts.TryRead(path, out var facts))
        {
            throw new SandboxException($"Sandbox {name}: {path} does not exist.");
        }

        if (!user.May(facts.IsFolder ? Read | Enter : Read, path))
        {
            throw new SandboxException($"Sandbox {name}: {path} is not readable by the user {user.Name}, which sandboxed programs run as.");
        }
    }
}
