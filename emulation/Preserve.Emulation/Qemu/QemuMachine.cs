using Microsoft.Extensions.Logging;
using Preserve.Emulation.Display;
using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Rfb;
using Preserve.Emulation.Text;
using Preserve.Sandbox;

namespace Preserve.Emulation.Qemu;

/// <summary>A running QEMU: its process, its monitor and its display. Ends as one, whichever of them ends first.</summary>
internal sealed class QemuMachine : IMachine, IMachineState
{
    /// <summary>How long the process may outlive a broken display or monitor, which usually break because it is ending.</summary>
    private static readonly TimeSpan s_lastBreath = TimeSpan.FromSeconds(2);

    private readonly ISandboxedProcess _process;
    private readonly QmpClient _monitor;
    private readonly RfbClient _display;
    private readonly QemuPrinter? _printer;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly QemuMediaBays _media;
    private readonly QemuMemory _textMemory;
    private readonly QemuMemory _keyMemory;
    private readonly QemuWatch _watch;
    private readonly Task _events;
    private volatile bool _isAskedToEnd;
    private volatile bool _isPoweredOff;

    public QemuMachine(
        MachineDefinition definition, ISandboxedProcess process, QmpClient monitor, RfbClient display, QemuPrinter? printer, string folder, TimeProvider time,
        ILogger logger)
    {
        (Definition, _process, _monitor, _display, _printer, _folder, _time, _logger) = (definition, process, monitor, display, printer, folder, time, logger);
        _media = new QemuMediaBays(definition, monitor, folder);
        _textMemory = new QemuMemory(monitor, folder, QemuPaths.TextPageName);
        _keyMemory = new QemuMemory(monitor, folder, QemuPaths.KeyBufferName);
        Text = CodePage.Find(definition.Profile.TextCodePage) is { } codePage ? new QemuText(_textMemory, display.Screen, codePage, time) : null;
        KeyBuffer = definition.Profile.Display == DisplayKind.Vga ? new QemuKeyBuffer(_keyMemory) : null;
        _watch = new QemuWatch(monitor, folder);
        _events = ReadEventsAsync();
        Completion = CompleteAsync();
    }

    public MachineDefinition Definition { get; }

    public Framebuffer Screen => _display.Screen;

    public IMachineInput Input => _display.Input;

    public IMediaBays? Media => _media;

    public IMachineSound? Sound => Definition.Profile.Sound.Count > 0 ? _display.Sound : null;

    public IMachinePrinter? Printer => _printer;

    public IMachineText? Text { get; }

    public IMachineKeyBuffer? KeyBuffer { get; }

    public IMachineState? State => this;

    public IMachineWatch? Watch => _watch;

    public Task<MachineExit> Completion { get; }

    public async Task<MachineExit> EndAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        _isAskedToEnd |= !_process.Completion.IsCompleted;
        if (grace > TimeSpan.Zero && await QuitAsync(grace, cancellationToken))
        {
            return await Completion.WaitAsync(cancellationToken);
        }

        await _process.EndAsync(TimeSpan.Zero, cancellationToken);
        return await Completion.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(TimeSpan.Zero, CancellationToken.None);
        await _process.DisposeAsync();
    }

    public Task ResetAsync(CancellationToken cancellationToken) => CommandAsync("system_reset", cancellationToken);

    public Task PauseAsync(CancellationToken cancellationToken) => CommandAsync("stop", cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => CommandAsync("cont", cancellationToken);

    public async Task SaveAsync(string folder, CancellationToken cancellationToken)
    {
        if (_media.Current.Any(bay => bay.Value?.Sha256 != Definition.Drives.FirstOrDefault(drive => drive.Bay == bay.Key)?.Medium.Sha256))
        {
            throw new MachineException("The machine cannot be saved: media were changed since it started.");
        }

        if (_media.Protected.Count > 0)
        {
            throw new MachineException("The machine cannot be saved while a floppy is write-protected.");
        }

        await PauseAsync(cancellationToken);
        await new QemuSavedState(folder).WriteAsync(Definition, _monitor, _folder, _time, cancellationToken);
    }

    private async Task CommandAsync(string command, CancellationToken cancellationToken)
    {
        try
        {
            await _monitor.ExecuteAsync(command, null, cancellationToken);
        }
        catch (QmpException e)
        {
            throw new MachineException($"The machine did not obey {command}: {e.Message}", e);
        }
    }

    /// <summary>False when QEMU did not leave in time.</summary>
    private async Task<bool> QuitAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = new CancellationTokenSource(grace, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await _monitor.ExecuteAsync("quit", null, either.Token);
            await _process.Completion.WaitAsync(either.Token);
            return true;
        }
        catch (QmpException)
        {
            // It may leave before it answers, or not answer at all: either way what follows makes sure.
            return _process.Completion.IsCompleted;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task ReadEventsAsync()
    {
        await foreach (var happened in _monitor.Events.ReadAllAsync())
        {
            _watch.Note(happened);
            _isPoweredOff |= happened.Name == "SHUTDOWN" && happened.Data.ValueKind == System.Text.Json.JsonValueKind.Object
                && happened.Data.TryGetProperty("reason", out var reason) && reason.ValueEquals("guest-shutdown");
        }
    }

    private async Task<MachineExit> CompleteAsync()
    {
        var broken = await WaitForEndAsync();
        var exit = await _process.EndAsync(TimeSpan.Zero, CancellationToken.None);
        await _monitor.DisposeAsync();
        await _events;
        await _display.DisposeAsync();
        await (_printer?.DisposeAsync() ?? ValueTask.CompletedTask);
        _textMemory.Dispose();
        _keyMemory.Dispose();
        _watch.Dispose();
        _media.Dispose();
        var result = Judge(exit, broken);
        // That somebody ended it is the usual thing, and they know.
        _logger.Log(
            result.Cause == MachineEndCause.Ended ? LogLevel.Debug : LogLevel.Information,
            "The machine {Profile} has ended ({Cause}): {Message}", Definition.Profile.Id, result.Cause, result.Message);
        return result;
    }

    /// <summary>Waits until the process is gone or is of no use any more; says what broke in the latter case.</summary>
    private async Task<string?> WaitForEndAsync()
    {
        await Task.WhenAny(_process.Completion, _display.Completion, _monitor.Events.Completion);
        try
        {
            await _process.Completion.WaitAsync(s_lastBreath, _time);
            return null;
        }
        catch (TimeoutException)
        {
            return _display.Completion.IsCompleted ? "Its display broke." : "Its monitor broke.";
        }
    }

    private MachineExit Judge(SandboxExit exit, string? broken)
    {
        if (_isAskedToEnd)
        {
            return new MachineExit(MachineEndCause.Ended, "The machine was ended.");
        }

        if (_isPoweredOff && exit.ExitCode == 0)
        {
            return new MachineExit(MachineEndCause.PoweredOff, "The machine switched itself off.");
        }

        var what = broken ?? exit.Cause switch
        {
            SandboxEndCause.PrivateFolderFull => "It wrote more to its disks than it may.",
            SandboxEndCause.MemoryUsedUp => "It used up its memory.",
            SandboxEndCause.ProcessorTimeUsedUp => "It used up its processor time.",
            _ when exit.ExitCode > 128 => $"It was ended by signal {exit.ExitCode - 128}.",
            _ => $"It ended with exit code {exit.ExitCode}.",
        };
        var words = exit.StandardError.Trim();
        return new MachineExit(MachineEndCause.Crashed, $"The emulator stopped by itself. {what}" + (words.Length > 0 ? $" It said: {words}" : ""));
    }
}
