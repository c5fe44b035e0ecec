using System.Diagnostics;
using Preserve.Sandbox.Groups;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Processes;

/// <summary>
/// A start, step by step: the chain of programs is started, bubblewrap makes process 1, process 1 gets a child once
/// the view is complete, and only then the child hears that the program may start. So a sandbox that could not be made
/// is told from a program that ended at once.
/// </summary>
internal static class Launch
{
    // Milliseconds on an idle host; the bound is for one that is overwhelmed.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(1);

    public static async Task<SandboxedProcess> RunAsync(
        SandboxSpec spec, ProcessStartInfo start, SandboxGroup? group, TimeProvider time, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        var process = await StartingThread.StartAsync(start).ConfigureAwait(false);
        ProcessHandle? first = null;
        try
        {
            var standardError = new StandardErrorReader(process.StandardError.BaseStream);
            first = await FirstProcessAsync(process, standardError, spec, time, either.Token).ConfigureAwait(false);
            var program = await ProgramAsync(first, standardError, spec, time, either.Token).ConfigureAwait(false);
            await LetGoAsync(process, spec, either.Token).ConfigureAwait(false);
            return new SandboxedProcess(spec, process, first, program, standardError, group, time);
        }
        catch (Exception exception)
        {
            await AbandonAsync(process, first, time).ConfigureAwait(false);
            await (group?.RemoveAsync(time) ?? Task.CompletedTask).ConfigureAwait(false);
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new SandboxException($"Sandbox {spec.Name} did not start within {s_patience.TotalSeconds} s.", exception);
            }

            throw;
        }
    }

    /// <summary>The namespace's process 1: the only child that any program of the chain ever has.</summary>
    private static async Task<ProcessHandle> FirstProcessAsync(
        Process process, StandardErrorReader standardError, SandboxSpec spec, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!process.HasExited)
        {
            if (FirstChildOf(process.Id) is { } first)
            {
                return first;
            }

            await Task.Delay(s_look, time, cancellationToken).ConfigureAwait(false);
        }

        throw await FailureAsync(standardError, spec, time).ConfigureAwait(false);
    }

    /// <summary>The process that will become the program, once process 1 sleeps: then it has asked to be killed with bubblewrap's outer process.</summary>
    private static async Task<ProcessHandle> ProgramAsync(
        ProcessHandle first, StandardErrorReader standardError, SandboxSpec spec, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!first.HasEnded)
        {
            if (ProcessHandle.IsSleeping(first.ProcessId) && FirstChildOf(first.ProcessId) is { } program)
            {
                return program;
            }

            await Task.Delay(s_look, time, cancellationToken).ConfigureAwait(false);
        }

        throw await FailureAsync(standardError, spec, time).ConfigureAwait(false);
    }

    private static ProcessHandle? FirstChildOf(int processId)
    {
        if (ProcessHandle.ChildrenOf(processId) is not [var id, ..] || ProcessHandle.TryOpen(id) is not { } child)
        {
            return null;
        }

        if (ProcessHandle.ChildrenOf(processId) is [var same, ..] && same == id)
        {
            return child;
        }

        // It ended between the look and the opening: the number may mean another process by now.
        child.Dispose();
        return null;
    }

    private static async Task LetGoAsync(Process process, SandboxSpec spec, CancellationToken cancellationToken)
    {
        var input = process.StandardInput.BaseStream;
        try
        {
            await input.WriteAsync(SandboxCommand.GoLine, cancellationToken).ConfigureAwait(false);
            await input.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (!spec.WritesStandardInput)
            {
                await input.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // It ended before it was let go; how it ended is told by its completion.
        }
    }

    private static async Task<SandboxException> FailureAsync(StandardErrorReader standardError, SandboxSpec spec, TimeProvider time)
    {
        await Task.WhenAny(standardError.Completion, Task.Delay(TimeSpan.FromSeconds(2), time)).ConfigureAwait(false);
        var words = standardError.Text;
        return new SandboxException($"Sandbox {spec.Name} could not be made: {(words.Length == 0 ? "no reason given" : words)}");
    }

    /// <summary>
    /// Makes sure that nothing stays of a start that failed. Its outer process is not killed: killed between making process 1 and
    /// letting it go on, bubblewrap leaves that one waiting for ever. Process 1 is killed as soon as there is one, and where there never
    /// is one, the inner shell ends without its line, and with it the rest.
    /// </summary>
    private static async Task AbandonAsync(Process process, ProcessHandle? first, TimeProvider time)
    {
        CloseInput(process);
        using var bound = new CancellationTokenSource(s_patience, time);
        try
        {
            while (!process.HasExited || first is { HasEnded: false })
            {
                first ??= FirstChildOf(process.Id);
                first?.Send(Libc.SigKill);
                await Task.Delay(s_look, time, bound.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host is overwhelmed beyond measure: what the kill leaves, the next host to start ends.
            process.Kill();
        }

        first?.Dispose();
        process.Dispose();
    }

    private static void CloseInput(Process process)
    {
        try
        {
            process.StandardInput.BaseStream.Dispose();
        }
        catch (IOException)
        {
            // It has ended: nobody reads.
        }
    }
}
