using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Media;
using Preserve.Emulation.Profiles;
using Preserve.Emulation.Qemu;
using Preserve.Regression.Booting;
using Preserve.Sandbox;
using Preserve.Sandbox.Hostile;

namespace Preserve.Regression.Tests.Faults;

/// <summary>Boots one of our own guests, or a spoiled copy of it, on the real QEMU.</summary>
internal sealed class GuestHost : IBootHost, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("preserve-night-").FullName;
    private readonly BubblewrapSandbox _sandbox = new(new SandboxOptions(), NullLogger.Instance);
    private readonly QemuEngine _engine;
    private readonly byte[] _image;
    private int _boots;

    public GuestHost(string guest)
    {
        _image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "guests", guest));
        File.SetUnixFileMode(_root, (UnixFileMode)0b111_101_101);
        _engine = new QemuEngine(_sandbox, new ImageInspector(_sandbox), TimeProvider.System, NullLogger<QemuEngine>.Instance);
        Profile = ProfileStore.Load(ProfileStore.ShippedFolder, null).TryFind("pc-486", out var profile) ? profile : throw new InvalidOperationException();
    }

    /// <summary>The machine; replace it to take something away.</summary>
    public MachineProfile Profile { get; set; }

    /// <summary>Done to each machine that has started, with the number of the boot, from 0.</summary>
    public Func<IMachine, int, Task> Sabotage { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Writes over the image wherever the bytes occur.</summary>
    public GuestHost Spoil(byte[] from, byte[] to)
    {
        var found = 0;
        for (var at = _image.AsSpan().IndexOf(from); at >= 0; at = _image.AsSpan().IndexOf(from))
        {
            to.CopyTo(_image.AsSpan(at));
            found++;
        }

        Assert.True(found > 0, "The guest has no such bytes: it was changed, and so must be this test.");
        return this;
    }

    public async Task<T> BootAsync<T>(
        BootMode mode, DateTime? startsAt, Func<IMachine, CancellationToken, Task<T>> watch, CancellationToken cancellationToken)
    {
        var number = _boots++;
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(_image));
        var path = Path.Combine(_root, sha256);
        await File.WriteAllBytesAsync(path, _image, cancellationToken);
        var folder = Directory.CreateDirectory(Path.Combine(_root, $"m{number}")).FullName;
        var definition = new MachineDefinition
        {
            Profile = Profile,
            MemoryMiB = 4,
            Drives = [new DriveContent("floppy0", new MediumFile(sha256, path, ImageFormat.Raw, _image.Length, BayKind.Floppy, "guest"))],
            Boot = BootSource.Floppy,
            Clock = new ClockPolicy { StartsAt = startsAt },
            VirtualTimeShift = mode.VirtualTimeShift,
        };
        var builds = await _engine.FindBuildsAsync(cancellationToken);
        await using var machine = await _engine.StartAsync(definition, builds[0], folder, cancellationToken);
        await Sabotage(machine, number);
        return await watch(machine, cancellationToken);
    }

    /// <summary>Skips on a desk, and fails in continuous integration, when something is missing.</summary>
    public async Task RequireAsync()
    {
        var problems = await _engine.FindProblemsAsync(TestContext.Current.CancellationToken);
        Assert.False(problems.Count > 0 && Environment.GetEnvironmentVariable("CI") == "true", string.Join(' ', problems));
        Assert.SkipUnless(problems.Count == 0, string.Join(' ', problems));
    }

    public void Dispose()
    {
        _engine.Dispose();
        _sandbox.Dispose();
        HostileFolder.Delete(_root);
    }
}
