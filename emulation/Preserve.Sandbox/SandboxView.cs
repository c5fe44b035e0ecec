namespace Preserve.Sandbox;

/// <summary>What a sandboxed program sees: the folders every program needs, itself, and what its spec names.</summary>
internal static class SandboxView
{
    /// <summary>Where our own two helper programs are shown inside.</summary>
    public const string OwnFolder = "/.preserve";

    // Programs find their libraries and their interpreter here, and nothing of the host's configuration.
    private static readonly string[] s_libraryFolders = ["/usr/lib", "/usr/lib64", "/usr/lib32"];
    private static readonly string[] s_libraryLinks = ["/lib", "/lib64", "/lib32"];

    /// <summary>bubblewrap's options that build the view, in order: a later mount lies on top of an earlier one.</summary>
    public static IEnumerable<string> Options(SandboxSpec spec, long temporaryFolderLengthInBytes)
    {
        var options = new List<string> { "--proc", "/proc", "--dev", "/dev" };
        options.AddRange(["--size", $"{temporaryFolderLengthInBytes}", "--tmpfs", "/tmp"]);
        AddLibraries(options);
        options.AddRange(["--ro-bind", Host.HostPrograms.ResourceLimits!, $"{OwnFolder}/prlimit"]);
        options.AddRange(["--ro-bind", Host.HostPrograms.Shell!, $"{OwnFolder}/sh"]);
        if (!IsShown(spec, spec.Program))
        {
            options.AddRange(["--ro-bind", spec.Program, spec.Program]);
        }

        foreach (var mount in spec.ReadOnlyMounts)
        {
            options.AddRange(["--ro-bind", mount.HostPath, mount.InsidePath]);
        }

        if (spec.PrivateFolder is { } folder)
        {
            options.AddRange(["--bind", folder.HostPath, folder.InsidePath]);
        }

        // Both are memory without a bound that would otherwise be writable for the sandbox's user.
        options.AddRange(["--remount-ro", "/dev", "--remount-ro", "/"]);
        return options;
    }

    /// <summary>The host's path of a path inside.</summary>
    public static string HostPathOf(SandboxSpec spec, string insidePath)
    {
        foreach (var mount in spec.ReadOnlyMounts.Reverse())
        {
            if (insidePath == mount.InsidePath)
            {
                return mount.HostPath;
            }

            if (IsWithin(insidePath, mount.InsidePath))
            {
                return Path.Combine(mount.HostPath, insidePath[mount.InsidePath.Length..].TrimStart('/'));
            }
        }

        return insidePath == $"{OwnFolder}/sh" ? Host.HostPrograms.Shell! : insidePath;
    }

    private static bool IsShown(SandboxSpec spec, string path) =>
        s_libraryFolders.Concat(s_libraryLinks).Where(Directory.Exists)
            .Append(OwnFolder)
            .Concat(spec.ReadOnlyMounts.Select(mount => mount.InsidePath))
            .Any(folder => path == folder || IsWithin(path, folder));

    private static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static void AddLibraries(List<string> options)
    {
        foreach (var folder in s_libraryFolders.Where(Directory.Exists))
        {
            options.AddRange(["--ro-bind", folder, folder]);
        }

        // /lib is a link on a merged system and a folder on others: it is inside as it is outside.
        foreach (var link in s_libraryLinks.Where(Directory.Exists))
        {
            var target = new DirectoryInfo(link).LinkTarget;
            options.AddRange(target is null ? ["--ro-bind", link, link] : ["--symlink", target, link]);
        }
    }
}
