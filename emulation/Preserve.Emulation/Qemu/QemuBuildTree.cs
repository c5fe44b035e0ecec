namespace Preserve.Emulation.Qemu;

/// <summary>
/// Finds the parts of a QEMU in a folder: packages unpacked (<c>usr/bin</c>), an installation (<c>bin</c>, <c>share/qemu</c>), or a source tree
/// that was built but never installed (<c>build/qemu-system-*</c>, <c>pc-bios</c>). No folder is left, and nothing in it is run here.
/// </summary>
internal sealed class QemuBuildTree(string folder)
{
    private static readonly string[] s_programFolders = ["usr/libexec", "usr/bin", "libexec", "bin", "build", "."];
    private static readonly string[] s_firmwareFolders =
        ["usr/share/qemu", "usr/share/seabios", "usr/lib/ipxe/qemu", "share/qemu", "build/pc-bios", "pc-bios", "../pc-bios"];

    private static readonly string[] s_libraryFolders = ["usr/lib", "lib"];

    public string Folder => folder;

    public IReadOnlyDictionary<string, string> Programs => QemuInstallation.Architectures
        .Select(architecture => (architecture, Path: s_programFolders
            .Select(part => Path.GetFullPath(Path.Combine(folder, part, $"qemu-system-{architecture}")))
            .FirstOrDefault(QemuInstallation.IsProgram)))
        .Where(found => found.Path is not null)
        .ToDictionary(found => found.architecture, found => found.Path!);

    /// <summary>Its own, then for what it does not bring that of the distribution.</summary>
    /// <param name="distribution">Folders of the distribution's build.</param>
    public IReadOnlyList<string> FirmwareFolders(IEnumerable<string> distribution) =>
    [
        .. s_firmwareFolders.Where(part => part != "../pc-bios" || Path.GetFileName(folder.TrimEnd('/')) == "build")
            .Select(part => Path.GetFullPath(Path.Combine(folder, part)))
            .Where(Directory.Exists)
            .Concat(distribution)
            .Distinct(),
    ];

    /// <summary>Folders of the distribution's layout that hold libraries, one for each processor family.</summary>
    public IReadOnlyList<string> LibraryFolders =>
    [
        .. s_libraryFolders.Select(part => Path.Combine(folder, part)).Where(Directory.Exists)
            .SelectMany(part => Directory.EnumerateDirectories(part, "*-linux-gnu").Prepend(part))
            .Where(part => Directory.EnumerateFiles(part, "*.so*").Any()),
    ];

    /// <summary>Where its loadable parts are; null when it has none.</summary>
    public string? ModuleFolder =>
        s_libraryFolders.Select(part => Path.Combine(folder, part)).Where(Directory.Exists)
            .SelectMany(part => Directory.EnumerateDirectories(part, "*-linux-gnu").Prepend(part))
            .Select(part => Path.Combine(part, "qemu"))
            .FirstOrDefault(part => Directory.Exists(part) && Directory.EnumerateFiles(part, "*.so").Any());
}
