using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Storage;
using Preserve.Workers.Posters;
using Preserve.Workers.Tests.Running;
using SkiaSharp;

namespace Preserve.Workers.Tests.Posters;

public sealed class PosterTests
{
    [Fact(Timeout = 240_000)]
    public async Task An_import_beside_the_service_gets_its_posters_and_visitors_come_first()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder, options => options with { MakesPosters = true }))
        {
            await worker.ImportAsync("echo", "disk-writer");
            var progress = worker.Services.GetRequiredService<PosterProgress>();
            await Waiting.UntilAsync(() => progress.Current.CurrentTitle is not null, "a first poster to be begun");

            var visit = await worker.BeginAsync("echo");
            await worker.WaitForAsync(visit.View.Id, SessionState.Running);
            await worker.Sessions.EndAsync(visit.View.Id, SessionEndReason.Stopped, TestContext.Current.CancellationToken);
            await Waiting.UntilAsync(() => progress.Current is { Made: 2, Due: 0, Failed: 0 }, "two posters", () => progress.Current.ToString());

            var echo = await worker.QueryAsync(context => context.Environments.AsNoTracking().SingleAsync(e => e.Id == "echo"));
            using var png = worker.Services.GetRequiredService<IContentStore>().Open(echo.PosterSha256!);
            using var picture = SKBitmap.Decode(png);
            Assert.Equal((PosterState.Made, 720, 400), (echo.PosterState, picture.Width, picture.Height));
            Assert.Equal((echo.PosterWidth, echo.PosterHeight), (picture.Width, picture.Height));
            Assert.Contains(picture.Pixels, pixel => (pixel.Red, pixel.Green, pixel.Blue) != (0, 0, 0));
            Assert.Empty(Directory.EnumerateFileSystemEntries(worker.RunFolder));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = 240_000)]
    public async Task Where_no_sandbox_can_be_made_posters_wait_until_the_host_is_put_right()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root's sandboxes run as another user.");
        const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var folder = StarterWorker.NewFolder();
        var mode = File.GetUnixFileMode(folder);
        File.SetUnixFileMode(folder, OwnersAlone);
        await using (var worker = await Worker.StartAsync(folder, options => options with { MakesPosters = true }))
        {
            // Imported as media without a container: nothing is unpacked, so no sandbox is needed.
            await worker.ImportAsync("echo");
            var progress = worker.Services.GetRequiredService<PosterProgress>();
            await Waiting.UntilAsync(
                () => progress.Current.Due == 1 && worker.Log.Lines.Any(line => line.Contains("nothing is booted or examined", StringComparison.Ordinal)),
                "the reason to be told", () => progress.Current.ToString());
            Assert.Equal(0, progress.Current.Failed);

            File.SetUnixFileMode(folder, mode);
            await Waiting.UntilAsync(() => progress.Current is { Made: 1, Due: 0, Failed: 0 }, "the poster", () => progress.Current.ToString());
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = 240_000)]
    public async Task What_cannot_be_booted_is_recorded_as_failed_in_words()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder, options => options with { MakesPosters = true }))
        {
            await worker.ImportAsync("echo");
            await worker.QueryAsync(context => context.Environments.ExecuteUpdateAsync(set => set.SetProperty(e => e.Boot, "nothing")));
            var progress = worker.Services.GetRequiredService<PosterProgress>();

            await Waiting.UntilAsync(() => progress.Current.Failed == 1, "the failure", () => progress.Current.ToString());

            var problem = await worker.QueryAsync(context => context.Environments.Select(e => e.PosterProblem).SingleAsync());
            Assert.Contains("nothing", problem, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }
}
