using System.CommandLine;
using System.Globalization;
using Preserve.Emulation.Builds;
using Preserve.Emulation.Machines;
using Preserve.Regression.Baselines;
using Preserve.Regression.Reports;
using Preserve.Regression.Verdicts;
using Preserve.Sandbox;
using Preserve.Web.Hosting;
using Preserve.Workers.Machines;
using Preserve.Workers.Regression;

namespace Preserve.Web.CommandLine;

/// <summary><c>regress</c>: boots environments on a build and says what changed, without the service. Its exit codes are those of <c>git bisect run</c>.</summary>
public static class RegressVerb
{
    /// <summary>"Cannot tell", as git-bisect(1) has it.</summary>
    private const int CannotTell = 125;

    private const string Bubblewrap = "bubblewrap";
    private const string None = "none";

    public static Command Create()
    {
        var environments = new Option<string[]>("--environment") { Description = "Environment to run; may be repeated. Without it: all.", HelpName = "ID" };
        var build = new Option<string?>("--build") { Description = "Build to judge: a name of 'emulator list', or a folder, such as a build tree.", HelpName = "NAME-OR-PATH" };
        var firmware = new Option<string?>("--firmware") { Description = "Firmware to use instead of the build's own.", HelpName = "DIR" };
        var junit = new Option<string?>("--junit") { Description = "Also write the results as JUnit XML.", HelpName = "FILE" };
        var report = new Option<string?>("--report") { Description = "Folder for report, pictures and scripts. Without it: regression/TIME in the data folder.", HelpName = "DIR" };
        var learn = new Option<bool>("--learn") { Description = "Learn a baseline, unreviewed, for each environment that has none." };
        var jobs = new Option<int>("--jobs")
        {
            Description = "Environments tried at one time, 1 to 256.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        jobs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256)
            {
                result.AddError("--jobs takes a number from 1 to 256.");
            }
        });
        var sandbox = new Option<string>("--sandbox")
        {
            Description = "'none' runs without bubblewrap, where a host allows no sandbox: only for images you trust.", DefaultValueFactory = _ => Bubblewrap,
        };
        sandbox.AcceptOnlyFromAmong(Bubblewrap, None);
        var data = DataFolder.Option();
        var command = new Command("regress", "Boot environments on an emulator build and compare with their baselines.")
        {
            environments, build, firmware, junit, report, learn, jobs, sandbox, data,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Choice(
                parsed.GetValue(environments) ?? [],
                parsed.GetValue(build),
                parsed.GetValue(firmware),
                parsed.GetValue(junit),
                parsed.GetValue(report),
                parsed.GetValue(learn),
                parsed.GetValue(jobs),
                parsed.GetValue(sandbox) == None,
                DataFolder.Resolve(parsed.GetValue(data))),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Choice choice, CancellationToken cancellationToken)
    {
        await using var services = await CatalogHost.OpenAsync(choice.DataFolder, choice.IsUnconfined ? services => services.AddPreserveUnconfined() : null, cancellationToken);
        EmulatorBuild build;
        try
        {
            build = await FindBuildAsync(services, choice, cancellationToken);
        }
        catch (EmulatorBuildException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CannotTell;
        }

        var time = services.GetRequiredService<TimeProvider>();
        var folder = Path.GetFullPath(choice.Report
            ?? Path.Combine(choice.DataFolder, "regression", time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)));
        var builder = ActivatorUtilities.CreateInstance<EnvironmentBuilder>(services);
        var trial = ActivatorUtilities.CreateInstance<EnvironmentTrial>(services, builder, new BaselineFolder(Path.Combine(choice.DataFolder, BaselineFolder.Name)));
        var run = await ActivatorUtilities.CreateInstance<RegressionRunner>(services, trial).RunAsync(
            new RegressionRequest
            {
                Environments = choice.Environments,
                Build = build,
                Learns = choice.Learns,
                ReportFolder = folder,
                Jobs = choice.Jobs,
                HostNote = choice.IsUnconfined ? ", without a sandbox" : "",
            },
            new ResultLines(),
            cancellationToken);
        if (choice.Junit is { } junit)
        {
            await using var file = File.Create(junit);
            JunitReport.Write(run, file);
        }

        await Console.Error.WriteLineAsync($"Report: {Path.Combine(folder, "report.html")}");
        return run.ExitCode;
    }

    /// <exception cref="EmulatorBuildException">There is no such build.</exception>
    private static async Task<EmulatorBuild> FindBuildAsync(ServiceProvider services, Choice choice, CancellationToken cancellationToken)
    {
        var engine = services.GetServices<IMachineEngine>().First();
        var known = await engine.FindBuildsAsync(cancellationToken);
        var build = choice.Build switch
        {
            null => known.Count > 0 ? known[0] : throw new EmulatorBuildException(string.Join(' ', await engine.FindProblemsAsync(cancellationToken))),
            { } name when known.FirstOrDefault(candidate => candidate.Id == name) is { } found => found,
            { } path when Directory.Exists(path) => await engine.MeasureAsync(new BuildFolder("build-tree", engine.Id, Path.GetFullPath(path)), cancellationToken),
            { } other => throw new EmulatorBuildException(
                $"There is no build '{other}' and no such folder. Known are: {string.Join(", ", known.Select(candidate => candidate.Id))}."),
        };
        return choice.Firmware switch
        {
            null => build,
            { } folder when Directory.Exists(folder) => await build.WithFirmwareAsync(Path.GetFullPath(folder), cancellationToken),
            { } missing => throw new EmulatorBuildException($"There is no folder {missing}."),
        };
    }

    private sealed record Choice(
        string[] Environments, string? Build, string? Firmware, string? Junit, string? Report, bool Learns, int Jobs, bool IsUnconfined, string DataFolder);

    /// <summary>One line for each environment as soon as it is done. Not <see cref="Progress{T}"/>, whose lines could come after the end.</summary>
    private sealed class ResultLines : IProgress<EnvironmentReport>
    {
        public void Report(EnvironmentReport value)
        {
            var counts = value.Boots == 0 ? "" : $" {value.Failed} of {value.Boots} failed" + (value.ReferenceBoots > 0 ? $", on {value.ReferenceBuildId} {value.ReferenceFailed} of {value.ReferenceBoots}" : "") + ".";
            var unreviewed = value.Class is not null && !value.IsReviewed && value.Verdict != Verdict.Learned ? " Baseline unreviewed." : "";
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{value.EnvironmentId,-20} {value.Verdict,-18} {value.Seconds,5:0.0} s  {value.Message}{counts}{unreviewed}"));
        }
    }
}
