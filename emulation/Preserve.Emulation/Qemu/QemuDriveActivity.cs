using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>
/// Reads how much a guest has read and written by drive. Disks are counted by QEMU (QMP <c>query-blockstats</c>); its floppy controller counts nothing, so for floppies the
/// controller is asked what a drive's own lamp shows: digital output register, bits 4 and 5 (Intel 82078), which may be read at any time.
/// </summary>
internal static partial class QemuDriveActivity
{
    private const string AskMotors = "i /xb 0x3f2";
    private const int FirstMotorBit = 4;

    /// <summary>What QEMU calls the card reader that a board has built in.</summary>
    private const string BoardCard = "sd0";

    /// <exception cref="QmpException">The monitor has closed or answered something else.</exception>
    public static async Task<IReadOnlyDictionary<string, DriveActivity>> ReadAsync(MachineProfile profile, QmpClient monitor, CancellationToken cancellationToken)
    {
        var answer = await monitor.ExecuteAsync("query-blockstats", null, cancellationToken);
        var activity = new Dictionary<string, DriveActivity>();
        if (answer.ValueKind != JsonValueKind.Array)
        {
            return activity;
        }

        foreach (var drive in answer.EnumerateArray())
        {
            if (BayOf(drive, profile) is { } bay && drive.TryGetProperty("stats", out var stats) && stats.ValueKind == JsonValueKind.Object)
            {
                activity[bay] = new DriveActivity(Count(stats, "rd_operations"), Count(stats, "wr_operations"));
            }
        }

        await AddFloppiesAsync(profile, monitor, activity, cancellationToken);
        return activity;
    }

    private static async Task AddFloppiesAsync(MachineProfile profile, QmpClient monitor, Dictionary<string, DriveActivity> activity, CancellationToken cancellationToken)
    {
        var floppies = profile.Bays.Where(bay => bay.Kind == BayKind.Floppy).ToList();
        if (profile.Architecture != "i386" || floppies.Count == 0)
        {
            return;
        }

        var answer = await monitor.ExecuteAsync("human-monitor-command", new Dictionary<string, string> { ["command-line"] = AskMotors }, cancellationToken);
        if (answer.ValueKind != JsonValueKind.String || Value().Match(answer.GetString()!) is not { Success: true } value
            || !int.TryParse(value.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var register))
        {
            return;
        }

        foreach (var bay in floppies)
        {
            var unit = Unit().Match(bay.Device) is { Success: true } found ? found.Groups[1].Value[0] - '0' : 0;
            activity[bay.Id] = activity.GetValueOrDefault(bay.Id, new DriveActivity(0, 0)) with { IsLit = (register >> (FirstMotorBit + unit) & 1) != 0 };
        }
    }

    private static string? BayOf(JsonElement drive, MachineProfile profile)
    {
        var device = Text(drive, "qdev") ?? "";
        return profile.Bays.FirstOrDefault(bay => bay.Id == device)?.Id
            ?? (Text(drive, "device") == BoardCard ? profile.Bays.FirstOrDefault(bay => bay is { Kind: BayKind.SdCard, Device: "" })?.Id : null);
    }

    private static long Count(JsonElement stats, string name) => stats.TryGetProperty(name, out var value) && value.TryGetInt64(out var count) ? count : 0;

    [GeneratedRegex(@"= 0x([0-9a-f]{1,8})\s*$")]
    private static partial Regex Value();

    [GeneratedRegex(@"\bunit=([01])\b")]
    private static partial Regex Unit();

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
