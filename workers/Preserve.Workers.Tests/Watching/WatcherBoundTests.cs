using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Hosting;
using Preserve.Workers.Tests.Running;
using Preserve.Workers.Watching;

namespace Preserve.Workers.Tests.Watching;

public sealed class WatcherBoundTests
{
    [Fact(Timeout = 120_000)]
    public async Task No_more_watch_than_may_and_the_owner_always_comes_in()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder, options => options with { MaximumWatchers = 1 }))
        {
            await worker.ImportAsync("echo");
            var session = await worker.BeginAsync("echo");
            var links = worker.Services.GetRequiredService<WatchLinks>();
            var made = await links.MakeAsync(session.View.Id, WatchLinkKind.Watch, TestContext.Current.CancellationToken);
            var found = (await links.FindAsync(made.Link!.Id, TestContext.Current.CancellationToken))!;
            var (first, second) = (links.IssueTicket(found)!.Token, links.IssueTicket(found)!.Token);
            await using var watcher = await Player.ConnectAsync(worker, first);
            await watcher.StateAsync("running");

            Assert.Null(links.IssueTicket(found));
            await using var other = await Player.ConnectAsync(worker, second);
            await Waiting.UntilAsync(() => other.IsClosed, "the second watcher to be sent away");
            Assert.Equal("full", other.State!.Reason);
            await using var owner = await Player.ConnectAsync(worker, session.Ticket.Token);
            await Waiting.UntilAsync(() => owner.State?.Role == "control", "the owner to come in");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public void A_number_of_watchers_out_of_range_is_told(int watchers) =>
        Assert.Contains("1 to 200", Assert.Single(new WorkerOptions { DataFolder = "/nowhere", MaximumWatchers = watchers }.FindProblems()), StringComparison.Ordinal);
}
