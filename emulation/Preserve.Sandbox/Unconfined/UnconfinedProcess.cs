using System.Diagnostics;
using Preserve.Sandbox.Host;
using Preserve.Sandbox.Processes;

namespace Preserve.Sandbox.Unconfined;

/// <summary>A program that runs without a sandbox. Ends once; whoever asks first decides the cause.</summary>
internal sealed class UnconfinedProcess : ISandboxedProcess
{
    private const int SigXCpu = 24;
    private const int ExitedBySignal = 128;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_drainPatience = TimeSpan.FromSeconds(2);

    private readonly SandboxSpec _spec;
    private readonly Process _process;
    private readonly string _view;
    private readonly TimeProvider _time;
    private readonly ProcessHandle? _handle;
    private readonly StandardErrorReader _standardError;
    private int _cause = (int)SandboxEndCause.Exited;
    private int _isDisposed;

    /// <param name="spec">What was started.</param>
    /// <param name="process">Its process, owned from now on.</param>
    /// <param name="view">Folder with links that is deleted when it has ended.</param>
    /// <param name="time">For waiting.</param>
    public UnconfinedProcess(SandboxSpec spec, Process process, string view, TimeProvider time)
    {
        (_spec, _process, _view, _time) = (spec, process, view, time);
        ProcessId = process.Id;
        _handle = ProcessHandle.TryOpen(process.Id);
        _standardError = new StandardErrorReader(process.StandardError.BaseStream);
        Completion = CompleteAsync();
    }

    public int ProcessId { get; }

    public Task<SandboxExit> Completion { get; }

    public Stream StandardInput => _spec.WritesStandardInput
        ? _process.StandardInput.BaseStream
        : throw new InvalidOperationException("The spec does not say that standard input is written.");

    public Stream StandardOutput => _spec.ReadsStandardOutput
        ? _process.StandardOutput.BaseStream
        : throw new InvalidOperationException("The spec does not say that standard output is read.");

    public async Task<SandboxExit> EndAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        Decide(SandboxEndCause.Ended);
        _handle?.Send(Libc.SigTerm);
        try
        {
            return await Completion.WaitAsync(grace, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It had its time: killed below.
            Interlocked.CompareExchange(ref _cause, (int)SandboxEndCause.Killed, (int)SandboxEndCause.Ended);
        }

        _handle?.Send(Libc.SigKill);
        return await Completion.WaitAsync(s_patience, _time, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        Decide(SandboxEndCause.Killed);
        _handle?.Send(Libc.SigKill);
        await Completion.WaitAsync(s_patience, _time);
        _process.Dispose();
        _handle?.Dispose();
    }

    private void Decide(SandboxEndCause cause)
    {
        if (!Completion.IsCompleted)
        {
            Interlocked.CompareExchange(ref _cause, (int)cause, (int)SandboxEndCause.Exited);
        }
    }

    private async Task<SandboxExit> CompleteAsync()
    {
        await _process.WaitForExitAsync();
        await Task.WhenAny(_standardError.Completion, Task.Delay(s_drainPatience, _time));

        // Links only: what they lead to is the caller's.
        Directory.Delete(_view, recursive: true);
        var cause = (SandboxEndCause)Volatile.Read(ref _cause);
        return new SandboxExit(
            _process.ExitCode,
            cause == SandboxEndCause.Exited && _process.ExitCode == ExitedBySignal + SigXCpu ? SandboxEndCause.ProcessorTimeUsedUp : cause,
            _standardError.Text);
    }
}
