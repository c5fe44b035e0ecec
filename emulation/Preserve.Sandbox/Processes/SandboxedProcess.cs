using System.Diagnostics;
using Preserve.Sandbox.Groups;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Processes;

/// <summary>A program that runs in its namespaces. Ends once; whoever asks first decides the cause.</summary>
internal sealed class SandboxedProcess : ISandboxedProcess
{
    private const int ExitedBySignal = 128;
    private const int SigXCpu = 24;

    // What a kill needs at most, even on a loaded host: past it something is wrong that waiting does not mend.
    private static readonly TimeSpan s_killPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_drainPatience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly ProcessHandle _namespace;
    private readonly ProcessHandle _program;
    private readonly StandardErrorReader _standardError;
    private readonly SandboxSpec _spec;
    private readonly SandboxGroup? _group;
    private readonly TimeProvider _time;
    private TimeSpan _processorTimeSeen;
    private int _cause = (int)SandboxEndCause.Exited;
    private int _isDisposed;

    public SandboxedProcess(
        SandboxSpec spec, Process process, ProcessHandle namespaceInit, ProcessHandle program, StandardErrorReader standardError, SandboxGroup? group, TimeProvider time)
    {
        (_spec, _process, _namespace, _program, _standardError, _group, _time) = (spec, process, namespaceInit, program, standardError, group, time);
        ProcessId = process.Id;
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

    public SandboxSpec Spec => _spec;

    /// <summary>Remembers how much processor time the program has used, to know later why it was killed.</summary>
    public void NoteProcessorTime() => _processorTimeSeen = ProcessHandle.ProcessorTimeOf(_program.ProcessId) ?? _processorTimeSeen;

    /// <summary>Whether its private folder still keeps to its bounds.</summary>
    public bool IsWithinBounds => PrivateFolderSize.IsWithinBounds(_spec, _namespace.ProcessId);

    public async Task<SandboxExit> EndAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        if (!Completion.IsCompleted)
        {
            Decide(SandboxEndCause.Ended);
            _program.Send(Libc.SigTerm);
            try
            {
                return await Completion.WaitAsync(grace, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // It had its time: killed below.
                Interlocked.CompareExchange(ref _cause, (int)SandboxEndCause.Killed, (int)SandboxEndCause.Ended);
            }
        }

        return await KillAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Kills everything inside because of <paramref name="cause"/>, without waiting for it.</summary>
    public void Kill(SandboxEndCause cause)
    {
        Decide(cause);
        _namespace.Send(Libc.SigKill);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        Decide(SandboxEndCause.Killed);
        await KillAsync(CancellationToken.None).ConfigureAwait(false);
        _process.Dispose();
        _namespace.Dispose();
        _program.Dispose();
    }

    private async Task<SandboxExit> KillAsync(CancellationToken cancellationToken)
    {
        _namespace.Send(Libc.SigKill);
        try
        {
            return await Completion.WaitAsync(s_killPatience, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new SandboxException($"Sandbox {_spec.Name} (process {ProcessId}) was killed but did not go away in {s_killPatience.TotalSeconds} s.");
        }
    }

    private void Decide(SandboxEndCause cause) => Interlocked.CompareExchange(ref _cause, (int)cause, (int)SandboxEndCause.Exited);

    private async Task<SandboxExit> CompleteAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);

        // bubblewrap's outer process ends with the program; the others inside are being killed and may take a moment more.
        _namespace.Send(Libc.SigKill);
        while (!_namespace.HasEnded)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), _time).ConfigureAwait(false);
        }

        // Nobody is left to write, so the end of the stream is near; a bound all the same.
        await Task.WhenAny(_standardError.Completion, Task.Delay(s_drainPatience, _time)).ConfigureAwait(false);
        var exitCode = _process.ExitCode;
        var exit = new SandboxExit(exitCode, CauseOf(exitCode), _standardError.Text);
        await (_group?.RemoveAsync(_time) ?? Task.CompletedTask).ConfigureAwait(false);
        return exit;
    }

    private SandboxEndCause CauseOf(int exitCode)
    {
        var cause = (SandboxEndCause)Volatile.Read(ref _cause);
        if (cause != SandboxEndCause.Exited)
        {
            return cause;
        }

        if (exitCode == ExitedBySignal + Libc.SigKill && _group?.HasRunOutOfMemory == true)
        {
            return SandboxEndCause.MemoryUsedUp;
        }

        // SIGXCPU says so itself; who ignores that is killed by the kernel a second later.
        var isUsedUp = _processorTimeSeen >= _spec.Bounds.ProcessorTime;
        if (exitCode == ExitedBySignal + SigXCpu || (exitCode == ExitedBySignal + Libc.SigKill && isUsedUp))
        {
            return SandboxEndCause.ProcessorTimeUsedUp;
        }

        return PrivateFolderSize.IsWithinBounds(_spec, null) ? SandboxEndCause.Exited : SandboxEndCause.PrivateFolderFull;
    }
}
