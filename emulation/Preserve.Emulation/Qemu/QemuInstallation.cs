using Preserve.Sandbox.Tools;

namespace Preserve.Emulation.Qemu;

/// <summary>Where the distribution puts QEMU, and which package brings what. Paths are of Debian; a root other than / is for tests.</summary>
internal sealed class QemuInstallation(string root)
{
    private static readonly (string Architecture, string Package, string[] Paths)[] s_programs =
    [
        // On Debian the program in /usr/bin is a shell script around the one in /usr/libexec.
        ("i386", "qemu-system-x86", ["/usr/libexec/qemu-system-i386", "/usr/bin/qemu-system-i386"]),
        ("ppc", "qemu-system-ppc", ["/usr/libexec/qemu-system-ppc", "/usr/bin/qemu-system-ppc"]),
        ("sparc", "qemu-system-sparc", ["/usr/libexec/qemu-system-sparc", "/usr/bin/qemu-system-sparc"]),
        ("aarch64", "qemu-system-arm", ["/usr/libexec/qemu-system-aarch64", "/usr/bin/qemu-system-aarch64"]),
    ];

    private static readonly string[] s_firmwareFolders = ["/usr/share/qemu", "/usr/share/seabios", "/usr/lib/ipxe/qemu"];

    public static IReadOnlyList<string> Architectures { get; } = [.. s_programs.Select(entry => entry.Architecture)];

    public QemuInstallation()
        : this("")
    {
    }

    /// <summary>Architecture to program, for what is installed.</summary>
    public IReadOnlyDictionary<string, string> Programs => s_programs
        .Select(entry => (entry.Architecture, Path: entry.Paths.Select(path => root + path).FirstOrDefault(IsProgram)))
        .Where(entry => entry.Path is not null)
        .ToDictionary(entry => entry.Architecture, entry => entry.Path!);

    public IReadOnlyList<string> FirmwareFolders => [.. s_firmwareFolders.Select(folder => root + folder).Where(Directory.Exists)];

    /// <summary>One sentence for each thing that is missing, naming the package.</summary>
    public IReadOnlyList<string> Problems()
    {
        var installed = Programs;
        var problems = s_programs.Where(entry => !installed.ContainsKey(entry.Architecture))
            .Select(entry => Missing($"QEMU for {entry.Architecture}", entry.Package))
            .ToList();
        if (!File.Exists(root + DiskImageTool.Program))
        {
            problems.Add(Missing($"The program {DiskImageTool.Program}", "qemu-utils"));
        }

        if (!File.Exists(root + "/usr/share/seabios/bios-256k.bin"))
        {
            problems.Add(Missing("The firmware of PCs", "seabios"));
        }

        if (!Directory.Exists(root + "/usr/share/qemu"))
        {
            problems.Add(Missing("The firmware in /usr/share/qemu", "qemu-system-data"));
        }

        return problems;
    }

    /// <summary>Words for a machine whose program is missing.</summary>
    public static string Missing(string architecture) => Missing(
        $"QEMU for {architecture}", s_programs.FirstOrDefault(entry => entry.Architecture == architecture).Package ?? "that brings it");

    private static string Missing(string what, string package) => $"{what} is missing. Install the package {package}.";

    /// <summary>Whether it is a program, not a script around one.</summary>
    public static bool IsProgram(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        return file.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("\u007FELF"u8);
    }
}
