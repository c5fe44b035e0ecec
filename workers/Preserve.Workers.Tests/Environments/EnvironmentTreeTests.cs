using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Environments;

/// <summary>With a guest that counts on its disk how often the disk was started.</summary>
public sealed class EnvironmentTreeTests
{
    private static readonly Actor Curator = new(Guid.NewGuid(), "ada", "curator");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 400_000)]
    public async Task A_grandchild_boots_on_what_its_ancestors_wrote_also_after_a_rebuild_from_storage_alone()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder))
        {
            await worker.ImportAsync("disk-writer");
            await SaveAsync(worker, await WorkAsync(worker, "disk-writer", starts: 1), "child");
            await SaveAsync(worker, await WorkAsync(worker, "child", starts: 2), "grandchild");
            await VisitAsync(worker, "grandchild", starts: 3);
            await VisitAsync(worker, "grandchild", starts: 3);
            await VisitAsync(worker, "disk-writer", starts: 1);
            Assert.Empty(Directory.EnumerateFileSystemEntries(worker.RunFolder));
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder, "drafts")));
        }

        var other = StarterWorker.NewFolder();
        Directory.Move(Path.Combine(folder, "storage"), Path.Combine(other, "storage"));
        await using (var worker = await Worker.StartAsync(other))
        {
            var made = await worker.Services.GetRequiredService<ArchiveRebuild>().RebuildAsync(Cancellation);
            Assert.Equal(3, made!.Environments);
            var row = await worker.QueryAsync(context => context.Environments.SingleAsync(one => one.Id == "grandchild"));
            Assert.Equal(("child", "What was done to child."), (row.ParentId, row.Note));
            await VisitAsync(worker, "grandchild", starts: 3);
        }

        Directory.Delete(folder, recursive: true);
        Directory.Delete(other, recursive: true);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_draft_is_gone_on_with_and_reverted_and_a_parent_is_not_removed()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder))
        {
            await worker.ImportAsync("disk-writer");
            var (drafts, tree) = (worker.Services.GetRequiredService<EnvironmentDrafts>(), worker.Services.GetRequiredService<EnvironmentTree>());
            var draft = await WorkAsync(worker, "disk-writer", starts: 1);
            var again = await worker.Services.GetRequiredService<DraftSessions>().ContinueAsync(draft, Cancellation);
            var tooEarly = await tree.SaveAsync(draft, new DerivativeRequest("child", "Child", "note"), Curator, Cancellation);
            await EndAsync(worker, again.Start!, "started 2 time");
            await SaveAsync(worker, draft, "child");
            var reverted = await WorkAsync(worker, "child", starts: 3);
            Assert.True(await drafts.DiscardAsync(reverted, Cancellation));
            await VisitAsync(worker, "child", starts: 3);

            Assert.Contains("still runs", Assert.Single(tooEarly.Problems), StringComparison.Ordinal);
            Assert.Contains("children", Assert.Single((await tree.RemoveAsync("disk-writer", Curator, Cancellation)).Problems, text => text.Contains("children", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.Empty((await tree.RemoveAsync("child", Curator, Cancellation)).Problems);
            Assert.False(await drafts.DiscardAsync(reverted, Cancellation));
            Assert.Empty(await drafts.ListAsync("disk-writer", Cancellation));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_kept_overlay_that_names_another_file_is_refused_before_it_is_used()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder))
        {
            await worker.ImportAsync("disk-writer");
            var draft = await WorkAsync(worker, "disk-writer", starts: 1);
            var path = worker.Services.GetRequiredService<DraftFolders>().PathOf(draft, "floppy0");
            var bytes = await File.ReadAllBytesAsync(path, Cancellation);
            var at = bytes.AsSpan().IndexOf("/media/"u8);
            "/etc/pa"u8.CopyTo(bytes.AsSpan(at));
            await File.WriteAllBytesAsync(path, bytes, Cancellation);

            var start = (await worker.Services.GetRequiredService<DraftSessions>().ContinueAsync(draft, Cancellation)).Start!;
            var ended = await worker.WaitForAsync(start.Session!.View.Id, SessionState.Ended);

            Assert.Equal(SessionEndReason.StartFailed, ended.Reason);
            Assert.Contains("/etc/pa", ended.Message, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A curator's session that is left when the guest has written; the draft's id.</summary>
    private static async Task<Guid> WorkAsync(Worker worker, string environment, int starts)
    {
        var begun = await worker.Services.GetRequiredService<DraftSessions>().BeginAsync(environment, Curator, Cancellation);
        await EndAsync(worker, begun.Start!, $"started {starts} time");
        var draft = Assert.Single(await worker.Services.GetRequiredService<EnvironmentDrafts>().ListAsync(environment, Cancellation));
        Assert.Equal((DraftState.Kept, ""), (draft.State, draft.Problem));
        Assert.Equal("floppy0", Assert.Single(draft.Bays).Key);
        return begun.Draft;
    }

    private static async Task SaveAsync(Worker worker, Guid draft, string id)
    {
        var parent = await worker.QueryAsync(context => context.EnvironmentDrafts.Where(one => one.Id == draft).Select(one => one.EnvironmentId).SingleAsync());
        var saved = await worker.Services.GetRequiredService<EnvironmentTree>().SaveAsync(
            draft, new DerivativeRequest(id, $"Disk writer, {id}", $"What was done to {parent}."), Curator, Cancellation);
        Assert.Empty(saved.Problems);
    }

    private static async Task VisitAsync(Worker worker, string environment, int starts) =>
        await EndAsync(worker, await worker.AskAsync(environment), $"started {starts} time");

    private static async Task EndAsync(Worker worker, SessionStart start, string words)
    {
        Assert.True(start.Session is not null, $"{start.Outcome}: {start.Message}");
        await worker.WaitForAsync(start.Session.View.Id, SessionState.Running);
        await worker.ReadUntilAsync(start.Session.View.Id, words);
        await worker.Sessions.EndAsync(start.Session.View.Id, SessionEndReason.Stopped, Cancellation);
    }
}
