using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Storage;
using Preserve.Workers.Tests.Running;
using SkiaSharp;

namespace Preserve.Workers.Tests.Proofs;

public sealed class ProofBootTests
{
    private static readonly Actor Curator = new(Guid.NewGuid(), "ada", "curator");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task A_suggested_machine_is_booted_after_a_restart_and_what_is_accepted_runs()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder, options => options with { ExaminesMedia = true, BootsProofs = true }))
        {
            await worker.ImportAsync("echo");
            await Waiting.UntilAsync(
                () => worker.QueryAsync(context => context.Files.AllAsync(file => file.ExaminationState == ExaminationState.Examined)), "the examination");
            var result = await worker.Services.GetRequiredService<ProofRequests>().RequestAsync("echo", [new ProofChoice("pc-classic", "floppy")], Curator, Cancellation);
            Assert.Empty(result.Problems);
            await Waiting.UntilAsync(() => worker.QueryAsync(context => context.ProofBoots.AnyAsync(proof => proof.State == ProofState.Booting)), "the boot to begin");
        }

        await using (var worker = await Worker.StartAsync(folder, options => options with { BootsProofs = true }))
        {
            var visit = await worker.BeginAsync("echo");
            await worker.WaitForAsync(visit.View.Id, SessionState.Running);
            await worker.Sessions.EndAsync(visit.View.Id, SessionEndReason.Stopped, Cancellation);
            var proof = await BootedAsync(worker);

            Assert.Contains("Echo: type", proof.Screens[^1].Text, StringComparison.Ordinal);
            Assert.Equal((720, 400), (proof.Screens[^1].Width, proof.Screens[^1].Height));
            Assert.True(proof.SettlesAfterSeconds is > 0, "it comes to rest");
            using var png = worker.Services.GetRequiredService<IContentStore>().Open(proof.Screens[^1].Sha256);
            using var picture = SKBitmap.Decode(png);
            Assert.Equal(720, picture.Width);
            Assert.Empty(Directory.EnumerateFileSystemEntries(worker.RunFolder));

            var accepted = await worker.Services.GetRequiredService<ProofAcceptance>().AcceptAsync(
                proof.Id, new ProofAcceptanceRequest("echo-proven", "Echo, proven"), Curator, Cancellation);
            Assert.Empty(accepted.Problems);
            var session = await worker.BeginAsync("echo-proven");
            Assert.Equal(SessionState.Running, (await worker.WaitForAsync(session.View.Id, SessionState.Running)).State);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = 240_000)]
    public async Task A_machine_that_cannot_be_built_is_told_in_words()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder, options => options with { BootsProofs = true }))
        {
            await worker.ImportAsync("echo");
            await worker.QueryAsync(async context =>
            {
                context.ProofBoots.Add(new ProofBoot
                {
                    ObjectId = "echo", ProfileId = "pc-classic", ProfileVersion = 1, MemoryMiB = 16, Boot = "floppy", Drives = { ["floppy0"] = "gone.img" },
                    RequestedAt = 1, RequestedBy = "curator",
                });
                return await context.SaveChangesAsync();
            });

            await Waiting.UntilAsync(() => worker.QueryAsync(context => context.ProofBoots.AnyAsync(proof => proof.State == ProofState.Failed)), "the failure");

            var problem = await worker.QueryAsync(context => context.ProofBoots.Select(proof => proof.Problem).SingleAsync());
            Assert.Contains("gone.img", problem, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<ProofBoot> BootedAsync(Worker worker)
    {
        var proofs = worker.Services.GetRequiredService<ProofRequests>();
        await Waiting.UntilAsync(
            async () => (await proofs.ListAsync("echo", Cancellation)).All(proof => proof.State == ProofState.Booted), "the proof boot",
            () => worker.QueryAsync(context => context.ProofBoots.Select(proof => proof.Problem).SingleAsync()).GetAwaiter().GetResult());
        return Assert.Single(await proofs.ListAsync("echo", Cancellation));
    }
}
