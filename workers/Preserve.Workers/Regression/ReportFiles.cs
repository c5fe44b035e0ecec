using System.Text.Json;
using Preserve.Emulation.Machines;
using Preserve.Regression.Baselines;
using Preserve.Regression.Comparison;
using Preserve.Regression.Pictures;
using Preserve.Regression.Reports;
using Preserve.Regression.Settling;
using Preserve.Regression.Verdicts;
using Preserve.Workers.Machines;

namespace Preserve.Workers.Regression;

/// <summary>Writes what a run leaves: <c>report.json</c>, <c>report.html</c>, and for each failure pictures and <c>reproduce.sh</c> in a folder of its own.</summary>
internal static class ReportFiles
{
    public const string ActualName = "actual.png";

    public static string FilmName(int index) => $"film-{index}.png";

    public static async Task WriteAsync(RunReport report, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, "report.json"), JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Options), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), HtmlReport.Write(report), cancellationToken);
    }

    /// <summary>Names, from the report's folder, of what was written.</summary>
    public static async Task<IReadOnlyList<string>> WriteEvidenceAsync(
        string environmentId, Baseline baseline, CheckResult check, BuiltMachine machine, EmulatorBuild build, string folder, CancellationToken cancellationToken)
    {
        var written = new List<string>();
        Directory.CreateDirectory(Path.Combine(folder, environmentId));

        async Task AddAsync(string name, byte[] content)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, environmentId, name), content, cancellationToken);
            written.Add($"{environmentId}/{name}");
        }

        async Task AddPictureAsync(string name, Picture? picture)
        {
            if (picture is not null)
            {
                await AddAsync(name, PictureFile.Encode(picture));
            }
        }

        var frames = check.Boot.Frames;
        var screens = check.Checkpoint is { } checkpoint ? baseline.Checkpoints[checkpoint] : baseline.Screens;
        var accepted = frames.Count == 0 ? screens[0] : ScreenComparer.Nearest(screens, frames[^1].Picture, frames[^1].Text).Accepted;
        await AddPictureAsync("expected.png", accepted.Picture);
        if (frames.Count > 0)
        {
            await AddPictureAsync(ActualName, frames[^1].Picture);
            await AddPictureAsync("difference.png", DifferencePicture.Of(accepted, frames[^1].Picture));
        }

        for (var i = 0; i < frames.Count - 1; i++)
        {
            await AddPictureAsync(FilmName(i), frames[i].Picture);
        }

        var definition = machine.Definition with { VirtualTimeShift = baseline.Mode.VirtualTimeShift };
        await AddAsync("reproduce.sh", System.Text.Encoding.UTF8.GetBytes(machine.Engine.WriteScript(definition, build)));
        return written;
    }
}
