using System.Runtime.InteropServices;
using Preserve.Sandbox;

namespace Preserve.Catalog.Probing;

/// <summary>How this program is run once more, as the child that reads untrusted bytes.</summary>
/// <param name="Program">What is started, as seen inside.</param>
/// <param name="Arguments">Before the arguments of the probe itself.</param>
/// <param name="Mounts">What it needs to see beside the files it is asked about.</param>
public sealed record ProbeProgram(string Program, IReadOnlyList<string> Arguments, IReadOnlyList<SandboxMount> Mounts)
{
    /// <summary>The verb behind which the child is found: <see cref="ProbeChild"/>.</summary>
    public const string Verb = "probe";

    /// <summary>
    /// .NET within a bound on address space. Without them it reserves 256 GiB for the heap, maps code twice through a memory file that the
    /// sandbox's filter refuses, and loads the language data of all cultures.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["DOTNET_GCHeapHardLimit"] = "0x10000000",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_EnableWriteXorExecute"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["MALLOC_ARENA_MAX"] = "2",
        ["TMPDIR"] = "/tmp",
    };

    private static readonly SandboxBounds s_bounds = new()
    {
        MemoryInBytes = 2L << 30,
        ProcessorTime = TimeSpan.FromMinutes(5),
        Processes = 64,
        FileLengthInBytes = 0,
        PrivateFolderLengthInBytes = 0,
    };

    /// <summary>The sandbox of a child that sees some files.</summary>
    /// <param name="files">Which, and where inside.</param>
    /// <param name="isBackground">Whether it gives way to everything else.</param>
    internal SandboxSpec SpecFor(IEnumerable<SandboxMount> files, bool isBackground = false) => new()
    {
        Name = Verb,
        Program = Program,
        Arguments = Arguments,
        Environment = Environment,
        ReadOnlyMounts = [.. Mounts, .. files],
        Bounds = s_bounds,
        Filter = SandboxFilter.Ours,
        IsBackground = isBackground,
    };

    /// <summary>The program of this process.</summary>
    public static ProbeProgram OfThisProcess()
    {
        var folder = AppContext.BaseDirectory.TrimEnd('/');
        var library = System.Reflection.Assembly.GetEntryAssembly()!.GetName().Name!;
        return Of(Path.Combine(folder, library));
    }

    /// <summary>A program of ours that was built or published at this path, without <c>.dll</c>.</summary>
    public static ProbeProgram Of(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var runtime = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/');

        // Published with its runtime it stands alone; else the runtime's own starter runs it, three folders above shared/NAME/VERSION.
        if (runtime == folder)
        {
            return new ProbeProgram(path, [Verb], [SandboxMount.Same(folder), .. Hidden(path)]);
        }

        var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        return new ProbeProgram(
            Path.Combine(root, "dotnet"), ["exec", path + ".dll", Verb], [SandboxMount.Same(root), SandboxMount.Same(folder), .. Hidden(path)]);
    }

    // The configuration beside the program may hold a password; the child sees another file in its place.
    private static IEnumerable<SandboxMount> Hidden(string path) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "appsettings*.json").Select(file => new SandboxMount(path + ".runtimeconfig.json", file));
}
