using System.Text.Json;
using Preserve.Emulation.Machines;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>The archive of real systems that lies beside the checkout, unpacked on demand.</summary>
public sealed class SharedArchive(ISandbox sandbox, string unpackedFolder) : IDisposable
{
    private readonly SemaphoreSlim _unpacking = new(1, 1);

    /// <summary>One bootable environment of the manifest.</summary>
    public sealed record Entry(string Id, string Architecture, string Machine, int MemoryMiB, string Boot, IReadOnlyDictionary<string, string> Drives, double? SettlesAfterSeconds);

    /// <summary>Null where there is none.</summary>
    public static string? Folder { get; } = Find();

    public static IReadOnlyList<Entry> Environments()
    {
        using var manifest = Open();
        return
        [
            .. manifest.RootElement.GetProperty("objects").EnumerateArray().SelectMany(item => item.GetProperty("environments").EnumerateArray()).Select(environment => new Entry(
                environment.GetProperty("id").GetString()!,
                environment.GetProperty("architecture").GetString()!,
                environment.GetProperty("machine").GetString()!,
                environment.GetProperty("memoryMiB").GetInt32(),
                environment.GetProperty("boot").GetString()!,
                environment.GetProperty("drives").EnumerateObject().ToDictionary(drive => drive.Name, drive => drive.Value.GetString()!),
                environment.GetProperty("settlesAfterSeconds").ValueKind == JsonValueKind.Null ? null : environment.GetProperty("settlesAfterSeconds").GetDouble())),
        ];
    }

    /// <summary>A medium by its name in the manifest, unpacked.</summary>
    public async Task<MediumFile> MediumAsync(string name)
    {
        using var manifest = Open();
        var medium = manifest.RootElement.GetProperty("objects").EnumerateArray()
            .SelectMany(item => item.GetProperty("media").EnumerateArray()).Single(item => item.GetProperty("name").GetString() == name);
        var digest = medium.GetProperty("sha256").GetString()!;
        var path = Path.Combine(unpackedFolder, digest);
        await UnpackAsync(Path.Combine(Folder!, medium.GetProperty("file").GetString()!), path);
        return new MediumFile(digest, path, ImageFormat.Raw, medium.GetProperty("size").GetInt64(), Kind(medium.GetProperty("kind").GetString()!), name);
    }

    public void Dispose() => _unpacking.Dispose();

    private async Task UnpackAsync(string packed, string path)
    {
        await _unpacking.WaitAsync();
        try
        {
            if (File.Exists(path))
            {
                return;
            }

            if (!packed.EndsWith(".xz", StringComparison.Ordinal))
            {
                await File.WriteAllBytesAsync(path, await File.ReadAllBytesAsync(packed));
                return;
            }

            await using var input = File.OpenRead(packed);
            await using var output = File.Create(path);
            var spec = new SandboxSpec
            {
                Name = "unpack",
                Program = "/usr/bin/xz",
                Arguments = ["-dc"],
                Bounds = new SandboxBounds { MemoryInBytes = 1 << 29, ProcessorTime = TimeSpan.FromSeconds(30), Processes = 16, FileLengthInBytes = 0, PrivateFolderLengthInBytes = 0 },
                Filter = SandboxFilter.Ours,
            };
            var limits = new ToolLimits { Timeout = TimeSpan.FromSeconds(30), OutputLengthInBytes = 1 << 26 };
            var (outcome, exit) = await sandbox.RunAsync(spec, limits, input, output, CancellationToken.None);
            Assert.Equal((ToolOutcome.Finished, 0), (outcome, exit.ExitCode));
        }
        finally
        {
            _unpacking.Release();
        }
    }

    private static BayKind Kind(string kind) => kind switch
    {
        "harddisk" => BayKind.HardDisk,
        "optical" => BayKind.Optical,
        "kernel" => BayKind.Kernel,
        _ => BayKind.Floppy,
    };

    private static JsonDocument Open() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, "archive.json")));

    private static string? Find()
    {
        var candidates = new List<string>();
        if (Environment.GetEnvironmentVariable("PRESERVE_SHARED") is { Length: > 0 } named)
        {
            candidates.Add(named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            candidates.Add(Path.Combine(folder.FullName, "shared"));
        }

        return candidates.Select(candidate => Path.Combine(candidate, "archive")).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "archive.json")));
    }
}
