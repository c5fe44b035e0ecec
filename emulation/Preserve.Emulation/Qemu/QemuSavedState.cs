using System.Text.Json;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Media;
using Preserve.Sandbox.Hostile;

namespace Preserve.Emulation.Qemu;

/// <summary>
/// A folder with what a machine was at one moment: <c>memory</c>, which QEMU writes and reads as a migration (QEMU, docs/devel/migration.rst), and each overlay as
/// <c>{slot}.qcow2</c>.
/// </summary>
/// <remarks>
/// The memory goes through a file that we open and hand over: QEMU in its sandbox may neither start a program nor see a path outside. It is taken while the machine
/// stands still, so memory and overlays belong together.
/// </remarks>
internal sealed class QemuSavedState(string folder)
{
    private const string MemoryName = "memory";
    private const string FileName = "state";

    // Migration is throttled for networks otherwise.
    private const long BytesPerSecond = 1L << 33;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(4);

    /// <summary>What QEMU is started with so that it waits for a state instead of booting.</summary>
    public static IReadOnlyList<string> Arguments { get; } = ["-incoming", "defer"];

    /// <summary>Saves a machine that stands still.</summary>
    /// <exception cref="MachineException">It cannot be saved.</exception>
    public async Task WriteAsync(MachineDefinition definition, QmpClient monitor, string privateFolder, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using (var memory = new FileStream(Path.Combine(folder, MemoryName), FileMode.CreateNew, FileAccess.ReadWrite))
            {
                await monitor.ExecuteAsync("migrate-set-parameters", new Dictionary<string, object> { ["max-bandwidth"] = BytesPerSecond }, cancellationToken);
                await monitor.GiveFileAsync(FileName, memory.SafeFileHandle, cancellationToken);
                await monitor.ExecuteAsync("migrate", new { uri = $"fd:{FileName}" }, cancellationToken);
                await WaitAsync(monitor, "query-migrate", "completed", time, cancellationToken);
            }

            foreach (var medium in QemuMedium.AllOf(definition).Where(medium => medium.IsWritable))
            {
                await KeepOverlayAsync(definition, medium, privateFolder, cancellationToken);
            }
        }
        catch (Exception e) when (e is QmpException or HostileFileException or IOException)
        {
            throw new MachineException($"The machine could not be saved. {e.Message}", e);
        }
    }

    /// <summary>Gives a waiting QEMU the memory, and lets the machine go on.</summary>
    /// <exception cref="MachineException">It does not load.</exception>
    public async Task LoadAsync(QmpClient monitor, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using var memory = new FileStream(Path.Combine(folder, MemoryName), FileMode.Open, FileAccess.Read, FileShare.Read);
            await monitor.GiveFileAsync(FileName, memory.SafeFileHandle, cancellationToken);
            await monitor.ExecuteAsync("migrate-incoming", new { uri = $"fd:{FileName}" }, cancellationToken);
            await WaitAsync(monitor, "query-status", "paused", time, cancellationToken);
            await monitor.ExecuteAsync("cont", null, cancellationToken);
        }
        catch (Exception e) when (e is QmpException or IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"What was saved of the machine does not load. {e.Message}", e);
        }
    }

    /// <summary>Puts a kept overlay into the private folder of a machine that is about to start.</summary>
    /// <exception cref="MachineException">It is missing, or is not what was kept.</exception>
    public async Task RestoreOverlayAsync(QemuMedium medium, string privateFolder, CancellationToken cancellationToken)
    {
        var kept = Path.Combine(folder, QemuPaths.OverlayName(medium.Slot));
        try
        {
            await using (var image = new FileStream(kept, FileMode.Open, FileAccess.Read, FileShare.Read))
            {
                await CheckAsync(image, medium, cancellationToken);
            }

            OverlayImage.Copy(kept, Path.Combine(privateFolder, QemuPaths.OverlayName(medium.Slot)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"The saved overlay of \"{medium.Medium.Label}\" cannot be used. {e.Message}", e);
        }
    }

    private async Task KeepOverlayAsync(MachineDefinition definition, QemuMedium medium, string privateFolder, CancellationToken cancellationToken)
    {
        var name = QemuPaths.OverlayName(medium.Slot);
        await using var overlay = HostileFile.OpenRead(privateFolder, name, definition.OverlayLengthInBytes);
        await using var kept = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.ReadWrite);
        await overlay.CopyToAsync(kept, cancellationToken);
        kept.Position = 0;
        await CheckAsync(kept, medium, cancellationToken);
    }

    private static async Task CheckAsync(Stream image, QemuMedium medium, CancellationToken cancellationToken)
    {
        if (!await OverlayImage.LiesOnAsync(image, QemuPaths.Mounted(QemuPaths.Medium(medium.Medium)), cancellationToken))
        {
            throw new MachineException($"The overlay of \"{medium.Medium.Label}\" is none any more, or refers to something else.");
        }
    }

    private static async Task WaitAsync(QmpClient monitor, string query, string wanted, TimeProvider time, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var answer = await monitor.ExecuteAsync(query, null, cancellationToken);
            var status = answer.TryGetProperty("status", out var value) ? value.GetString() : null;
            if (status == wanted)
            {
                return;
            }

            if (status is "failed" or "cancelled" or "internal-error" || time.GetElapsedTime(since) > s_patience)
            {
                throw new QmpException(QmpException.TimedOut, $"The emulator says \"{status}\" to {query}{Reason(answer)}.");
            }

            await Task.Delay(s_pause, time, cancellationToken);
        }
    }

    private static string Reason(JsonElement answer) => answer.TryGetProperty("error-desc", out var reason) ? $": {reason.GetString()}" : "";
}
