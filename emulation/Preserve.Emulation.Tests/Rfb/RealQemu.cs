using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Emulation.Display;
using Preserve.Emulation.Rfb;
using Preserve.Sandbox;
using Preserve.Sandbox.Hostile;
using Preserve.Sandbox.Tools;

namespace Preserve.Emulation.Tests.Rfb;

/// <summary>QEMU in a sandbox with a floppy in its drive and its display on a socket, gone after the test.</summary>
internal sealed class RealQemu : IAsyncDisposable
{
    private const string Program = "/usr/libexec/qemu-system-i386";

    private static readonly SandboxBounds s_bounds = new()
    {
        MemoryInBytes = 2L << 30,
        ProcessorTime = TimeSpan.FromMinutes(2),
        Processes = 16,
        FileLengthInBytes = 64 << 20,
        PrivateFolderLengthInBytes = 128 << 20,
    };

    private readonly BubblewrapSandbox _sandbox = new(new SandboxOptions(), NullLogger.Instance);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"prv-{Guid.NewGuid():N}"[..16]);
    private ISandboxedProcess? _process;

    public static CancellationToken Patience => TestContext.Current.CancellationToken;

    public RfbClient Client { get; private set; } = null!;

    /// <summary>Starts a machine with one of our own guests in its drive.</summary>
    public static Task<RealQemu> StartGuestAsync(string name) =>
        StartAsync(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "guests", $"{name}.img")));

    /// <summary>Starts a machine with a floppy of the shared archive in its drive.</summary>
    public static async Task<RealQemu> StartArchivedAsync(string packedName)
    {
        Requires(SharedArchive.Find(packedName) is not null, $"The shared archive with {packedName} is not here.");
        Requires(File.Exists("/usr/bin/xz"), "xz is not installed.");
        using var sandbox = new BubblewrapSandbox(new SandboxOptions(), NullLogger.Instance);
        var spec = new SandboxSpec
        {
            Name = "unpack",
            Program = "/usr/bin/xz",
            Arguments = ["-dc"],
            Bounds = s_bounds,
            Filter = SandboxFilter.Ours,
        };
        await using var packed = File.OpenRead(SharedArchive.Find(packedName)!);
        var limits = new ToolLimits { Timeout = TimeSpan.FromSeconds(60), OutputLengthInBytes = 4 << 20 };
        var unpacked = await sandbox.RunAsync(spec, limits, packed, Patience);
        Assert.True(unpacked.IsSuccess, unpacked.Describe());
        return await StartAsync(unpacked.Output.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        if (Client is not null)
        {
            await Client.DisposeAsync();
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _sandbox.Dispose();
        if (Directory.Exists(_folder))
        {
            HostileFolder.Delete(_folder);
        }
    }

    /// <summary>Ends the emulator without a word to its client.</summary>
    public ValueTask KillAsync() => _process!.DisposeAsync();

    /// <summary>Types keys of the unshifted letters and Enter (<c>\n</c>).</summary>
    public async Task TypeAsync(string text)
    {
        foreach (var character in text)
        {
            var scancode = character == '\n' ? (byte)0x1C : ScancodeOf(character);
            await Client.Input.KeyAsync(scancode, 0, isDown: true, Patience);
            await Client.Input.KeyAsync(scancode, 0, isDown: false, Patience);
        }
    }

    /// <summary>Waits for a picture that meets a condition and returns it.</summary>
    public async Task<FrameCopy> ShowsAsync(Predicate<FrameCopy> condition)
    {
        using var tracker = Client.Screen.Track();
        var copy = new FrameCopy();
        while (true)
        {
            await tracker.WaitAsync(Patience).WaitAsync(TimeSpan.FromSeconds(60), Patience);
            if (tracker.TryTake(copy) && condition(copy))
            {
                return copy;
            }
        }
    }

    public static void Requires(bool isMet, string otherwise)
    {
        Assert.False(!isMet && Environment.GetEnvironmentVariable("CI") == "true", otherwise);
        Assert.SkipUnless(isMet, otherwise);
    }

    private static async Task<RealQemu> StartAsync(byte[] floppy)
    {
        Requires(File.Exists(Program), "qemu-system-x86 is not installed.");
        Requires(File.Exists("/usr/bin/bwrap"), "bubblewrap is not installed.");
        var machine = new RealQemu();
        try
        {
            await machine.BootAsync(floppy);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    private async Task BootAsync(byte[] floppy)
    {
        _sandbox.CreatePrivateFolder(_folder);
        var image = Path.Combine(_folder, "floppy.img");
        await File.WriteAllBytesAsync(image, floppy, Patience);
        File.SetUnixFileMode(image, (UnixFileMode)0b110_110_110);
        var spec = new SandboxSpec
        {
            Name = "qemu",
            Program = Program,
            Arguments = Arguments,
            ReadOnlyMounts = [SandboxMount.Same("/usr/share/qemu"), SandboxMount.Same("/usr/share/seabios")],
            PrivateFolder = new SandboxMount(_folder, "/private"),
            Bounds = s_bounds,
            Filter = SandboxFilter.Own,
        };
        _process = await _sandbox.StartAsync(spec, Patience);
        Client = await RfbClient.ConnectAsync(await OpenDisplayAsync(), new Framebuffer(), NullLogger.Instance, Patience);
    }

    // The socket's name is there a moment before anybody listens at it.
    private async Task<Stream> OpenDisplayAsync()
    {
        while (true)
        {
            try
            {
                return new NetworkStream(await HostileFile.ConnectAsync(_folder, "display", Patience), ownsSocket: true);
            }
            catch (Exception e) when (e is HostileFileException or SocketException)
            {
                Assert.False(_process!.Completion.IsCompleted, "QEMU ended before its display was there.");
                await Task.Delay(20, Patience);
            }
        }
    }

    private static string[] Arguments =>
    [
        "-nodefaults", "-nic", "none", "-machine", "pc-i440fx-7.2,pcspk-audiodev=sound", "-m", "16", "-vga", "std", "-display", "none",
        "-accel", "tcg,tb-size=32", "-L", "/usr/share/seabios", "-L", "/usr/share/qemu", "-audiodev", "none,id=sound",
        "-vnc", "unix:/private/display,lock-key-sync=off,audiodev=sound",
        "-blockdev", "driver=raw,node-name=floppy,read-only=on,file.driver=file,file.filename=/private/floppy.img",
        "-device", "floppy,unit=0,drive=floppy,drive-type=144", "-boot", "a",
        "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
    ];

    private static byte ScancodeOf(char letter) =>
        (byte)("qwertyuiop".IndexOf(letter, StringComparison.Ordinal) is var top and >= 0 ? 0x10 + top
        : "asdfghjkl".IndexOf(letter, StringComparison.Ordinal) is var middle and >= 0 ? 0x1E + middle
        : 0x2C + "zxcvbnm".IndexOf(letter, StringComparison.Ordinal));
}
