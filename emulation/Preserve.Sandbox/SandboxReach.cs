using Preserve.Sandbox.Host;

namespace Preserve.Sandbox;

/// <summary>What the user that sandboxed programs run as can reach, told without making a sandbox.</summary>
public static class SandboxReach
{
    /// <summary>Why sandboxes cannot be shown what lies in a folder, which need not exist yet, in words a person can act on; null when they can.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <param name="options">Name the user.</param>
    public static string? FindUnreachable(string folder, SandboxOptions options) =>
        SandboxUser.Find(options.ServiceUser) is { } user ? MountCheck.FindUnreachable(folder, user) : HostCheck.ServiceUserMissing(options.ServiceUser);
}
