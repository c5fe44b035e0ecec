using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Regression;
using Preserve.Catalog.Sessions;
using Preserve.Regression.Baselines;
using Preserve.Workers.Regression;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Regression;

/// <summary>Runs of the service with real boots.</summary>
public sealed class NightWatchTests
{
    private const int Limit = 400_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_run_that_a_stopped_service_left_is_finished_by_the_next_while_visitors_come_first()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder))
        {
            await worker.ImportAsync("echo");
            await StartAsync(worker, learns: true);
            await UntilAsync(worker, job => job.State == RegressionJobState.Running);
        }

        await using (var worker = await Worker.StartAsync(folder))
        {
            var visit = await worker.BeginAsync("echo");
            await worker.WaitForAsync(visit.View.Id, SessionState.Running);
            await worker.Sessions.EndAsync(visit.View.Id, SessionEndReason.Stopped, Token);
            await UntilAsync(worker, job => job.State == RegressionJobState.Done);
            Assert.Equal("Learned", (await JobAsync(worker)).Verdict);

            await StartAsync(worker, learns: false);
            await UntilAsync(worker, job => job.State == RegressionJobState.Done);
            Assert.Equal("Passed", (await JobAsync(worker)).Verdict);
            Assert.All(
                await worker.QueryAsync(context => context.RegressionRuns.ToListAsync(Token)), run => Assert.Equal(RegressionRunState.Finished, run.State));

            await ReviewAsync(worker);
            Assert.Empty(Directory.EnumerateFileSystemEntries(worker.RunFolder));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = Limit)]
    public async Task A_cancelled_run_ends_its_boots()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder))
        {
            await worker.ImportAsync("animation");
            var run = await StartAsync(worker, learns: true);
            await Waiting.UntilAsync(() => Directory.EnumerateFileSystemEntries(worker.RunFolder).Any(), "a boot");

            await worker.Services.GetRequiredService<RegressionRuns>().CancelAsync(run, Actor.CommandLine, Token);

            await Waiting.UntilAsync(() => !Directory.EnumerateFileSystemEntries(worker.RunFolder).Any(), "the boot to be called off");
            Assert.Equal(RegressionJobState.Cancelled, (await JobAsync(worker)).State);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task ReviewAsync(Worker worker)
    {
        var review = worker.Services.GetRequiredService<BaselineReview>();
        var job = await JobAsync(worker);
        Assert.NotEmpty(await review.DecideAsync(job.Id, RegressionDecision.Approved, " ", Actor.CommandLine, Token));
        Assert.Empty(await review.DecideAsync(job.Id, RegressionDecision.Approved, "as it should be", Actor.CommandLine, Token));
        Assert.True((await worker.Services.GetRequiredService<BaselineFolder>().FindAsync("echo", Token))!.IsReviewed);
    }

    private static async Task<long> StartAsync(Worker worker, bool learns)
    {
        var start = await worker.Services.GetRequiredService<NightWatch>().StartAsync(new RunWish([], [], learns), Actor.CommandLine, Token);
        Assert.Empty(start.Problems);
        return start.RunId!.Value;
    }

    private static Task<RegressionJob> JobAsync(Worker worker) =>
        worker.QueryAsync(context => context.RegressionJobs.AsNoTracking().OrderByDescending(job => job.Id).FirstAsync(Token));

    /// <summary>Longer than other waiting: learning takes a dozen boots.</summary>
    private static async Task UntilAsync(Worker worker, Func<RegressionJob, bool> condition)
    {
        while (!condition(await JobAsync(worker)))
        {
            await Task.Delay(100, Token);
        }
    }
}
