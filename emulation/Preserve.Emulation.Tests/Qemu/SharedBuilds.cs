using Preserve.Emulation.Builds;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>Emulators that set-up has unpacked beside the distribution's.</summary>
internal static class SharedBuilds
{
    public static IReadOnlyList<BuildFolder> Folders { get; } = new BuildRegister(Root(), null).Folders;

    private static string? Root()
    {
        if (Environment.GetEnvironmentVariable("PRESERVE_EMULATORS") is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Preserve.sln")))
            {
                return Path.Combine(folder.FullName, ".emulators");
            }
        }

        return null;
    }
}
