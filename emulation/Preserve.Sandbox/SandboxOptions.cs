namespace Preserve.Sandbox;

/// <summary>What an operator can set about sandboxes.</summary>
public sealed record SandboxOptions
{
    /// <summary>The user that sandboxed programs run as when the service runs as root. Made by set-up, owns nothing else.</summary>
    public string ServiceUser { get; init; } = "preserve-sandbox";

    /// <summary>Size of the private /tmp of each sandbox, which is memory, in bytes.</summary>
    public long TemporaryFolderLengthInBytes { get; init; } = 16 * 1024 * 1024;
}
