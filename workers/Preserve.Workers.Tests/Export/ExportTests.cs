using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Bags;
using Preserve.Workers.Export;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Export;

/// <summary>Exports, and boots what was exported with nothing of ours: bash and the real emulator.</summary>
public sealed class ExportTests(StarterWorker starter) : IClassFixture<StarterWorker>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-export-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 180_000)]
    public async Task An_exported_object_is_a_valid_bag_that_boots_on_the_emulator_alone_and_is_unchanged_afterwards()
    {
        var bag = Path.Combine(_folder, "it's a bag");

        var result = await Exporter().ExportAsync("echo", bag, Cancellation);

        Assert.Equal(1, result!.Objects);
        Assert.Empty(result.Problems);
        var before = await BagValidator.ValidateAsync(bag, Cancellation);
        Assert.Empty(before.Findings);
        Assert.All(["media/echo.img/echo.img", "description.json", "premis.xml", "dc.xml"], path => Assert.True(File.Exists(Path.Combine(bag, "data/objects/echo", path)), path));
        await BootAsync(Path.Combine(bag, "data/boot/echo.sh"), "Echo");
        Assert.Empty((await BagValidator.ValidateAsync(bag, Cancellation)).Findings);
    }

    [Fact(Timeout = 180_000)]
    public async Task The_whole_archive_is_one_bag()
    {
        var result = await Exporter().ExportAsync(null, Path.Combine(_folder, "all"), Cancellation);

        Assert.Equal(await starter.Worker.QueryAsync(context => context.Objects.CountAsync(Cancellation)), result!.Objects);
        Assert.True(result.Objects > 1);
        Assert.True((await BagValidator.ValidateAsync(Path.Combine(_folder, "all"), Cancellation)).IsValid);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_not_there_is_not_exported_and_what_exists_is_not_written_over()
    {
        Assert.Null(await Exporter().ExportAsync("nothing-of-the-kind", Path.Combine(_folder, "none"), Cancellation));
        await Assert.ThrowsAsync<IOException>(() => Exporter().ExportAsync("echo", _folder, Cancellation));

        Assert.False(Directory.Exists(Path.Combine(_folder, "none")));
    }

    private ArchiveExporter Exporter() => ActivatorUtilities.CreateInstance<ArchiveExporter>(starter.Worker.Services);

    // The script takes any program for the emulator: this one adds a monitor to it.
    private async Task BootAsync(string script, string expected)
    {
        var socket = Path.Combine(_folder, "monitor");
        var emulator = Path.Combine(_folder, "emulator");
        await File.WriteAllTextAsync(emulator, $"#!/bin/sh\nexec qemu-system-i386 \"$@\" -qmp 'unix:{socket},server=on,wait=off'\n", Cancellation);
        File.SetUnixFileMode(emulator, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(script) { RedirectStandardError = true, Environment = { ["QEMU"] = emulator, ["VIEW"] = "none" } };
#pragma warning disable RS0030 // The product starts processes in the sandbox only; this one runs without the product.
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        try
        {
            await Waiting.UntilAsync(async () => process.HasExited || (File.Exists(socket) && (await ReadScreenAsync(socket)).Contains(expected, StringComparison.OrdinalIgnoreCase)), "the screen");
            Assert.False(process.HasExited, process.HasExited ? await process.StandardError.ReadToEndAsync(Cancellation) : "");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    // 80 x 25 characters with their attributes, at 0xB8000.
    private async Task<string> ReadScreenAsync(string socket)
    {
        var dump = Path.Combine(_folder, "screen");
        File.Delete(dump);
        using var monitor = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await monitor.ConnectAsync(new UnixDomainSocketEndPoint(socket), Cancellation);
        await using var stream = new NetworkStream(monitor);
        using var reader = new StreamReader(stream);
        await reader.ReadLineAsync(Cancellation);
        foreach (var command in new[] { """{"execute":"qmp_capabilities"}""", $$$"""{"execute":"pmemsave","arguments":{"val":753664,"size":4000,"filename":"{{{dump}}}"}}""" })
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\n"), Cancellation);
            while (await reader.ReadLineAsync(Cancellation) is { } line && !line.StartsWith("{\"return\"", StringComparison.Ordinal))
            {
                Assert.DoesNotContain("\"error\"", line, StringComparison.Ordinal);
            }
        }

        var cells = await File.ReadAllBytesAsync(dump, Cancellation);
        return Encoding.ASCII.GetString([.. cells.Where((_, index) => index % 2 == 0)]);
    }
}
