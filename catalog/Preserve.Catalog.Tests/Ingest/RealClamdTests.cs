// The scanner has to be started by somebody, and no product code starts one.
#pragma warning disable RS0030

using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Ingest.Viruses;
using Preserve.Catalog.Tests.Import;

namespace Preserve.Catalog.Tests.Ingest;

/// <summary>The real clamd on a unix socket, with a signature database of one line.</summary>
public sealed class RealClamdTests : IAsyncLifetime
{
    private const string Program = "/usr/sbin/clamd";
    private const string Body = "preserve-test-signature";

    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-clamd-").FullName;
    private Process? _clamd;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string SocketPath => Path.Combine(_folder, "clamd.sock");

    public async ValueTask InitializeAsync()
    {
        ImportSetting.Require(File.Exists(Program), "clamd is missing. Install the package clamav-daemon.");
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        Directory.CreateDirectory(Path.Combine(_folder, "db"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "db", "test.ndb"), $"Preserve.Test:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Body))}\n");
        var configuration = Path.Combine(_folder, "clamd.conf");
        await File.WriteAllTextAsync(configuration, $"LocalSocket {SocketPath}\nLocalSocketMode 666\nDatabaseDirectory {_folder}/db\nForeground yes\nStreamMaxLength 1M\nMaxThreads 2\n");
        _clamd = Process.Start(new ProcessStartInfo(Program, ["--config-file", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _clamd.OutputDataReceived += (_, _) => { };
        _clamd.BeginOutputReadLine();
        
        // The socket has its name a moment before anybody listens at it.
        for (var tries = 0; !await ListensAsync(); tries++)
        {
            Assert.False(_clamd.HasExited || tries > 600, _clamd.HasExited ? await _clamd.StandardError.ReadToEndAsync(Cancellation) : "clamd does not listen");
            await Task.Delay(50, Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_clamd is not null)
        {
            _clamd.Kill(entireProcessTree: true);
            await _clamd.WaitForExitAsync(CancellationToken.None);
            _clamd.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact(Timeout = 120_000)]
    public async Task It_tells_clean_infected_and_too_long_apart()
    {
        var clamd = new Clamd(new IngestOptions { Clamd = SocketPath, ClamdTimeout = TimeSpan.FromSeconds(30) }, TimeProvider.System);

        Assert.Equal((ScanState.Clean, ""), await AskAsync(clamd, new byte[300_000]));
        Assert.Equal((ScanState.Infected, "Preserve.Test.UNOFFICIAL"), await AskAsync(clamd, [.. new byte[100_000], .. Encoding.ASCII.GetBytes(Body), 0]));
        Assert.Equal((ScanState.NotScanned, "longer than clamd takes (its StreamMaxLength)"), await AskAsync(clamd, new byte[8 << 20]));
    }

    private async Task<bool> ListensAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), Cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<(ScanState State, string Words)> AskAsync(Clamd clamd, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        var verdict = await clamd.ScanAsync(stream, Cancellation);
        return (verdict.State, verdict.Words);
    }
}
