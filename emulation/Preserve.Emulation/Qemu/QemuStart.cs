using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Rfb;
using Preserve.Sandbox;
using Preserve.Sandbox.Hostile;

namespace Preserve.Emulation.Qemu;

/// <summary>One attempt to start: the process, then all its sockets at the same time. Whatever fails, no process is left.</summary>
internal sealed class QemuStart(ISandbox sandbox, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(1);

    // A start takes about 100 ms; what is lost by looking late is lost for the visitor.
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="MachineException">The emulator refused something, or did not answer.</exception>
    public async Task<QemuMachine> RunAsync(MachineDefinition definition, SandboxSpec spec, QemuSavedState? saved, CancellationToken cancellationToken)
    {
        ISandboxedProcess process;
        try
        {
            process = await sandbox.StartAsync(spec, cancellationToken);
        }
        catch (SandboxException e)
        {
            throw new MachineException(e.Message, e) { Arguments = spec.Arguments };
        }

        try
        {
            return await ConnectAsync(definition, spec, saved, process, cancellationToken);
        }
        catch (Exception e)
        {
            var exit = await EndAsync(process, isCalledOff: e is OperationCanceledException);
            await process.DisposeAsync();
            if (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(e.Message, e, cancellationToken);
            }

            throw Explain(e, exit, spec.Arguments, isResuming: saved is not null);
        }
    }

    /// <summary>An emulator that refuses something is about to leave by itself, with an exit code and words of its own: it is let.</summary>
    private async Task<SandboxExit> EndAsync(ISandboxedProcess process, bool isCalledOff)
    {
        try
        {
            await process.Completion.WaitAsync(isCalledOff ? TimeSpan.Zero : s_lastWords, time);
        }
        catch (TimeoutException)
        {
            // It stays: it is killed below.
        }

        return await process.EndAsync(TimeSpan.Zero, CancellationToken.None);
    }

    private async Task<QemuMachine> ConnectAsync(
        MachineDefinition definition, SandboxSpec spec, QemuSavedState? saved, ISandboxedProcess process, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var folder = spec.PrivateFolder!.Value.HostPath;
        var connectingMonitor = ConnectMonitorAsync(folder, saved, process, attempt.Token);

        // What was saved has its screen at once, and none before.
        var connectingDisplay = saved is null
            ? ConnectDisplayAsync(folder, process, TimeSpan.FromMilliseconds(definition.Profile.DisplayAfterMilliseconds), attempt.Token)
            : ConnectDisplayAsync(folder, process, connectingMonitor, attempt.Token);
        var connectingPrinter = ConnectPrinterAsync(definition, folder, process, attempt.Token);
        try
        {
            var monitor = await connectingMonitor;
            var display = await connectingDisplay;
            return new QemuMachine(definition, process, monitor, display, await connectingPrinter, folder, time, logger);
        }
        catch
        {
            // One failed, so the other is called off, and closed where it had already been made.
            await attempt.CancelAsync();
            await DisposeResultAsync(connectingMonitor);
            await DisposeResultAsync(connectingDisplay);
            await DisposeResultAsync(connectingPrinter);
            throw;
        }
    }

    private async Task<QmpClient> ConnectMonitorAsync(string folder, QemuSavedState? saved, ISandboxedProcess process, CancellationToken cancellationToken)
    {
        var monitor = await QmpClient.ConnectAsync(await OpenAsync(folder, QemuPaths.MonitorSocketName, process, cancellationToken), time, cancellationToken);
        try
        {
            await (saved?.LoadAsync(monitor, time, cancellationToken) ?? Task.CompletedTask);
            return monitor;
        }
        catch
        {
            await monitor.DisposeAsync();
            throw;
        }
    }

    private async Task<QemuPrinter?> ConnectPrinterAsync(MachineDefinition definition, string folder, ISandboxedProcess process, CancellationToken cancellationToken) =>
        definition.Profile.ParallelPort ? new QemuPrinter(await OpenAsync(folder, QemuPaths.PrinterSocketName, process, cancellationToken)) : null;

    private async Task<RfbClient> ConnectDisplayAsync(string folder, ISandboxedProcess process, Task loading, CancellationToken cancellationToken)
    {
        await loading;
        return await ConnectDisplayAsync(folder, process, TimeSpan.Zero, cancellationToken);
    }

    private async Task<RfbClient> ConnectDisplayAsync(string folder, ISandboxedProcess process, TimeSpan after, CancellationToken cancellationToken)
    {
        if (after > TimeSpan.Zero)
        {
            await Task.Delay(after, time, cancellationToken);
        }

        var stream = await OpenAsync(folder, QemuPaths.DisplaySocketName, process, cancellationToken);
        return await RfbClient.ConnectAsync(stream, new Framebuffer(), logger, cancellationToken);
    }

    /// <summary>Waits until QEMU listens. The name is checked to be a socket, since it lies in a folder that QEMU can write to.</summary>
    private async Task<NetworkStream> OpenAsync(string folder, string name, ISandboxedProcess process, CancellationToken cancellationToken)
    {
        for (var pause = s_firstPause; ; pause = pause < s_longestPause ? pause * 1.25 : s_longestPause)
        {
            try
            {
                return new NetworkStream(await HostileFile.ConnectAsync(folder, name, cancellationToken), ownsSocket: true);
            }
            catch (Exception e) when (e is HostileFileException or SocketException)
            {
                if (process.Completion.IsCompleted)
                {
                    throw new MachineException("The emulator ended before its display answered.", e);
                }

                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private static async Task DisposeResultAsync<T>(Task<T> connecting)
        where T : IAsyncDisposable?
    {
        try
        {
            await ((await connecting)?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception e) when (e is MachineException or QmpException or RfbProtocolException or OperationCanceledException or IOException)
        {
            // This or the other failure is the one that is reported.
        }
    }

    private static MachineException Explain(Exception error, SandboxExit exit, IReadOnlyList<string> arguments, bool isResuming)
    {
        var words = exit.StandardError.Trim();
        var what = error switch
        {
            OperationCanceledException => $"The emulator did not answer within {s_patience.TotalSeconds:0} seconds.",
            MachineException when isResuming => error.Message,
            _ when words.Length > 0 => "The emulator refused to start.",
            _ when exit.ExitCode > 128 && exit.Cause == SandboxEndCause.Exited => $"The emulator was ended by signal {exit.ExitCode - 128} while it started.",
            _ => $"The emulator could not be started: {error.Message}",
        };
        return new MachineException(words.Length > 0 ? $"{what} It said: {words}" : what, error)
        {
            ExitCode = exit.ExitCode,
            StandardError = exit.StandardError,
            Arguments = arguments,
        };
    }
}
