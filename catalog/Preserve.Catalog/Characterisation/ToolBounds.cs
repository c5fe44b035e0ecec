using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Characterisation;

/// <summary>What a tool that reads disks may use.</summary>
internal static class ToolBounds
{
    public static SandboxBounds Reading { get; } = new()
    {
        MemoryInBytes = 1L << 30,
        ProcessorTime = TimeSpan.FromSeconds(60),
        Processes = 8,
        FileLengthInBytes = 4096,
        PrivateFolderLengthInBytes = 0,
    };

    /// <summary>For answers of some lines.</summary>
    public static ToolLimits ShortAnswer { get; } = new() { Timeout = TimeSpan.FromMinutes(2), OutputLengthInBytes = 64 * 1024 };

    /// <summary>No language, no time zone, no place for state but the sandbox's own.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["LC_ALL"] = "C.UTF-8",
        ["TZ"] = "UTC",
        ["HOME"] = "/tmp",
        ["MALLOC_ARENA_MAX"] = "2",
    };
}
