using Microsoft.Extensions.Logging;
using Preserve.Emulation.Machines;
using Preserve.Sandbox;
using Preserve.Workers.Machines;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Snapshots;

/// <summary>Makes a snapshot of a machine that has come to its start moment, and proves that it resumes before anybody starts from it.</summary>
internal sealed class SnapshotMaker(SnapshotShelf shelf, SessionFolders folders, TimeProvider time, ILogger<SnapshotMaker> logger)
{
    private static readonly TimeSpan s_proof = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    /// <summary>Saves a machine unless there is a snapshot like it already. The machine is paused then, and of no more use.</summary>
    public async Task MakeAsync(BuiltMachine built, IMachine machine, CancellationToken cancellationToken)
    {
        var fingerprint = built.Engine.Fingerprint(built.Definition, built.Build);
        if (!built.Engine.Capabilities.SavesState || machine.State is not { } state || shelf.IsSettled(fingerprint))
        {
            return;
        }

        try
        {
            await shelf.AddAsync(fingerprint, state, cancellationToken);
            await ProveAsync(built, fingerprint, machine.Screen.Capture().Pixels.Distinct().Skip(1).Any(), cancellationToken);
            logger.LogInformation("{Environment} has a prepared snapshot: sessions start at its settled screen", built.EnvironmentId);
        }
        catch (MachineException e)
        {
            shelf.Drop(fingerprint, e.Message);
            await shelf.RefuseAsync(fingerprint, e.Message, cancellationToken);
        }
    }

    private async Task ProveAsync(BuiltMachine built, string fingerprint, bool hadPicture, CancellationToken cancellationToken)
    {
        var saved = await shelf.FindAsync(fingerprint, cancellationToken) ?? throw new MachineException("The snapshot was not on the disk any more.");
        var folder = folders.Create();
        try
        {
            var definition = built.Definition with { IsBackground = true };
            await using var machine = await built.Engine.ResumeAsync(definition, built.Build, folder.CreateChannel(0), saved, cancellationToken);
            for (var since = time.GetTimestamp(); time.GetElapsedTime(since) < s_proof;)
            {
                await Task.Delay(s_look, time, cancellationToken);
                if (machine.Completion.IsCompleted)
                {
                    throw new MachineException($"A machine that resumed ended at once. {(await machine.Completion).Message}");
                }
            }

            if (hadPicture && !machine.Screen.Capture().Pixels.Distinct().Skip(1).Any())
            {
                throw new MachineException("A machine that resumed showed nothing.");
            }

            await machine.EndAsync(s_grace, cancellationToken);
        }
        catch (SandboxException e)
        {
            throw new MachineException(e.Message, e);
        }
        finally
        {
            folder.Delete();
        }
    }
}
