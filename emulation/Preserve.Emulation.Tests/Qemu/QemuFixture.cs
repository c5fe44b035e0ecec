using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Media;
using Preserve.Emulation.Qemu;
using Preserve.Sandbox;
using Preserve.Sandbox.Hostile;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>The real engine for all tests that boot something; they run one after the other.</summary>
public sealed class QemuFixture : IDisposable
{
    private readonly BubblewrapSandbox _sandbox = new(new SandboxOptions(), NullLogger.Instance);
    private int _lastFolder;

    public QemuFixture()
    {
        Root = Directory.CreateTempSubdirectory("preserve-qemu-").FullName;
        File.SetUnixFileMode(Root, (UnixFileMode)0b111_101_101);
        Archive = new SharedArchive(_sandbox, Root);
        Inspector = new ImageInspector(_sandbox);
        Engine = new QemuEngine(_sandbox, Inspector, TimeProvider.System, NullLogger<QemuEngine>.Instance);
    }

    public string Root { get; }

    public ISandbox Sandbox => _sandbox;

    public SharedArchive Archive { get; }

    public ImageInspector Inspector { get; }

    public QemuEngine Engine { get; }

    /// <summary>Skips on a desk, and fails in continuous integration, when something is missing.</summary>
    public static void Require(bool isMet, string otherwise)
    {
        if (!isMet && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(otherwise);
        }

        Assert.SkipUnless(isMet, otherwise);
    }

    public static void RequireArchive() => Require(SharedArchive.Folder is not null, "there is no shared/archive beside the checkout");

    /// <summary>One of our own guests, which are built beside the tests.</summary>
    public static DriveContent Guest(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "guests", $"{name}.img");
        Require(File.Exists(path), $"the guest {name} was not built: nasm is missing");
        var bytes = File.ReadAllBytes(path);
        return new DriveContent("floppy0", new MediumFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), path, ImageFormat.Raw, bytes.Length, BayKind.Floppy, name));
    }

    public async Task RequireQemuAsync()
    {
        var problems = await Engine.FindProblemsAsync(TestContext.Current.CancellationToken);
        Require(problems.Count == 0, string.Join(' ', problems));
        var findings = await _sandbox.CheckAsync(TestContext.Current.CancellationToken);
        Require(!findings.Any(finding => finding.Prevents), string.Join(' ', findings.Select(finding => finding.Text)));
    }

    public async Task<IMachine> StartAsync(MachineDefinition definition)
    {
        await RequireQemuAsync();
        var builds = await Engine.FindBuildsAsync(TestContext.Current.CancellationToken);
        return await Engine.StartAsync(definition, builds[0], NewFolder(), TestContext.Current.CancellationToken);
    }

    public async Task<MachineDefinition> DefineAsync(string profile, BootSource boot, params (string Bay, string Medium)[] drives)
    {
        RequireArchive();
        var contents = new List<DriveContent>();
        foreach (var (bay, medium) in drives)
        {
            contents.Add(new DriveContent(bay, await Archive.MediumAsync(medium)));
        }

        return Definitions.On(profile, boot, [.. contents]);
    }

    public string NewFolder()
    {
        var folder = Path.Combine(Root, $"m{Interlocked.Increment(ref _lastFolder)}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Processes that belong to our machines: they name our root, or have it mounted.</summary>
    public IReadOnlyList<int> ProcessesLeft() =>
    [
        .. Process.GetProcesses().Select(process => process.Id)
            .Where(id => id != Environment.ProcessId && (Mentions(id, "cmdline", Root) || Mentions(id, "mountinfo", Path.GetFileName(Root)))),
    ];

    public void Dispose()
    {
        Archive.Dispose();
        Engine.Dispose();
        _sandbox.Dispose();
        HostileFolder.Delete(Root);
    }

    private static bool Mentions(int processId, string file, string text)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{file}").Contains(text, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone by now, or not ours.
            return false;
        }
    }
}

/// <summary>Real machines are booted one at a time: two of them would share the cores and miss their times.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealQemu : ICollectionFixture<QemuFixture>
{
    public const string Name = "real QEMU";
}
