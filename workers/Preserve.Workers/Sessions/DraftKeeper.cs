using Microsoft.Extensions.Logging;
using Preserve.Catalog.Environments;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Media;
using Preserve.Sandbox.Hostile;

namespace Preserve.Workers.Sessions;

/// <summary>
/// Keeps what the guest of a curator's session wrote, once its emulator has ended. The files are the emulator's and not to be trusted: they
/// are copied out of its folder as regular files within bounds, and looked at in a sandbox before anything is said to be kept.
/// </summary>
internal sealed class DraftKeeper(EnvironmentDrafts drafts, DraftFolders folders, ILogger<DraftKeeper> logger)
{
    /// <param name="draft">Where to.</param>
    /// <param name="running">The machine, which has ended; null when it never ran.</param>
    /// <param name="folder">Of its session, not deleted yet.</param>
    public async Task KeepAsync(Guid draft, RunningMachine? running, SessionFolder? folder)
    {
        if (running is null || folder is null)
        {
            await drafts.LostAsync(draft, "The machine did not start.", CancellationToken.None);
            return;
        }

        try
        {
            await drafts.KeptAsync(draft, await CopyAsync(draft, running, folder.ChannelPath(running.Channel)), CancellationToken.None);
        }
        catch (Exception e) when (e is HostileFileException or MachineException or IOException or InvalidDataException)
        {
            logger.LogWarning("What was written at draft {Draft} is not kept: {Problem}", draft, e.Message);
            await drafts.LostAsync(draft, e.Message, CancellationToken.None);
        }
    }

    private async Task<Dictionary<string, string>> CopyAsync(Guid draft, RunningMachine running, string folder)
    {
        var (definition, engine) = (running.Built.Definition, running.Built.Engine);
        folders.Create(draft);
        var written = new Dictionary<string, string>();
        foreach (var overlay in engine.OverlaysOf(definition, folder))
        {
            var path = folders.PathOf(draft, overlay.Bay);
            if (await CopyAsync(overlay, definition.OverlayLengthInBytes, path + ".new"))
            {
                if (await engine.FindOverlayProblemAsync(overlay.Medium, path + ".new", CancellationToken.None) is { } problem)
                {
                    File.Delete(path + ".new");
                    throw new InvalidDataException($"What was written in {overlay.Bay} cannot be used. {problem}");
                }

                File.Move(path + ".new", path, overwrite: true);
                written[overlay.Bay] = overlay.Medium.Sha256;
            }
        }

        return written;
    }

    /// <summary>False when nothing was written to it.</summary>
    private static async Task<bool> CopyAsync(MachineOverlay overlay, long maximumLength, string path)
    {
        await using var source = HostileFile.OpenRead(overlay.Folder, overlay.Name, maximumLength);
        if (OverlayImage.IsEmpty(source.Length))
        {
            return false;
        }

        await using var target = new FileStream(path, FileMode.Create, FileAccess.Write);
        await source.CopyToAsync(target, CancellationToken.None);
        target.Flush(flushToDisk: true);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return true;
    }
}
