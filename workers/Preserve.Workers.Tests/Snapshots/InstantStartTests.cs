using Preserve.Catalog.Sessions;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Snapshots;

/// <summary>Visits that start at the settled screen of their exhibit instead of booting.</summary>
public sealed class InstantStartTests
{
    [Fact(Timeout = 240_000)]
    public async Task A_visit_starts_from_the_prepared_snapshot_and_boots_when_that_is_spoilt()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder, options => options with { MakesPosters = true, PreparesSnapshots = true }))
        {
            await worker.ImportAsync("painter");
            await Waiting.UntilAsync(() => Prepared(folder) is not null && Running(worker).Length == 0, "a snapshot that was proven", () => Describe(worker));

            await VisitAsync(worker, isResumed: true);
            await VisitAsync(worker, isResumed: true);

            await File.WriteAllBytesAsync(Path.Combine(Prepared(folder)!, "memory"), [1, 2, 3], TestContext.Current.CancellationToken);
            await VisitAsync(worker, isResumed: false);
            Assert.Contains(worker.Log.Lines, line => line.Contains("was dropped", StringComparison.Ordinal));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = 240_000)]
    public async Task What_nothing_needs_any_more_and_what_was_being_made_is_cleared_away_at_the_next_start()
    {
        var folder = StarterWorker.NewFolder();
        foreach (var left in new[] { "new-0123456789abcdef", new string('a', 64) })
        {
            Directory.CreateDirectory(Path.Combine(folder, "snapshots", left));
        }

        await using (var worker = await Worker.StartAsync(folder, options => options with { MakesPosters = true, PreparesSnapshots = true }))
        {
            await Waiting.UntilAsync(() => !Directory.EnumerateFileSystemEntries(Path.Combine(folder, "snapshots")).Any(), "the leftovers to be gone");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task VisitAsync(Worker worker, bool isResumed)
    {
        var session = await worker.BeginAsync("painter");
        await using (var player = await Player.ConnectAsync(worker, session.Ticket.Token))
        {
            await player.LitPictureAsync(500);
            Assert.Equal(isResumed, Running(worker).Single().Contains("-incoming", StringComparison.Ordinal));
        }

        await worker.Sessions.EndAsync(session.View.Id, SessionEndReason.Stopped, TestContext.Current.CancellationToken);
        await Waiting.UntilAsync(() => Running(worker).Length == 0, "the machine to be gone");
    }

    private static string Describe(Worker worker) => string.Join('\n', worker.Log.Lines.Where(line => line.Contains("Preserve.Workers", StringComparison.Ordinal)).TakeLast(20));

    private static string? Prepared(string folder) =>
        Directory.Exists(Path.Combine(folder, "snapshots"))
            ? Directory.EnumerateDirectories(Path.Combine(folder, "snapshots")).SingleOrDefault(path => !Path.GetFileName(path).StartsWith("new-", StringComparison.Ordinal))
            : null;

    private static string[] Running(Worker worker) =>
        [.. HostProcesses.EmulatorsOf(worker.RunFolder).Select(id => File.ReadAllText($"/proc/{id}/cmdline"))];
}
