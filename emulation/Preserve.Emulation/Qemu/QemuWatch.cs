using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Sandbox.Hostile;

namespace Preserve.Emulation.Qemu;

/// <summary>Watches through the monitor: <c>screendump</c> draws the screen anew each time, where the display sends it when it thinks fit.</summary>
internal sealed partial class QemuWatch(QmpClient monitor, string privateFolder) : IMachineWatch, IDisposable
{
    private const uint InterruptFlag = 0x200;

    private readonly SemaphoreSlim _file = new(1, 1);
    private int _restarts;

    public int Restarts => Volatile.Read(ref _restarts);

    public async Task<FrameCopy> CaptureAsync(CancellationToken cancellationToken)
    {
        await _file.WaitAsync(cancellationToken);
        try
        {
            await monitor.ExecuteAsync("screendump", new { filename = QemuPaths.Inside(QemuPaths.ScreenName) }, cancellationToken);
            await using var file = HostileFile.OpenRead(privateFolder, QemuPaths.ScreenName, PortablePixmap.MaximumLengthInBytes);
            return await PortablePixmap.ReadAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is QmpException or HostileFileException or InvalidDataException)
        {
            throw new MachineException($"The machine gave no picture. {e.Message}", e);
        }
        finally
        {
            _file.Release();
        }
    }

    public async Task<long?> CountInstructionsAsync(CancellationToken cancellationToken)
    {
        var answer = await ExecuteAsync("query-replay", null, cancellationToken);
        return answer.TryGetProperty("icount", out var count) && count.TryGetInt64(out var instructions) && instructions > 0 ? instructions : null;
    }

    public async Task<bool> IsHaltedAsync(CancellationToken cancellationToken)
    {
        var command = new Dictionary<string, string> { ["command-line"] = "info registers" };
        var answer = await ExecuteAsync("human-monitor-command", command, cancellationToken);
        var registers = HaltedPattern().Match(answer.ValueKind == JsonValueKind.String ? answer.GetString()! : "");
        return registers.Success
            && (uint.Parse(registers.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & InterruptFlag) == 0;
    }

    public void Note(QmpEvent happened)
    {
        if (happened.Name == "RESET" && happened.Data.ValueKind == JsonValueKind.Object
            && happened.Data.TryGetProperty("reason", out var reason) && reason.ValueEquals("guest-reset"))
        {
            Interlocked.Increment(ref _restarts);
        }
    }

    public void Dispose() => _file.Dispose();

    private async Task<JsonElement> ExecuteAsync(string command, object? arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await monitor.ExecuteAsync(command, arguments, cancellationToken);
        }
        catch (QmpException e)
        {
            throw new MachineException($"The machine did not answer {command}: {e.Message}", e);
        }
    }

    /// <summary>Registers of an x86 processor: its flags, and that it is halted.</summary>
    [GeneratedRegex(@"EFL=([0-9a-f]{8}).*?HLT=1", RegexOptions.Singleline)]
    private static partial Regex HaltedPattern();
}
