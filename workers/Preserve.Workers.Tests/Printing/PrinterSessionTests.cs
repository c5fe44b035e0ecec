using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Storage;
using Preserve.Emulation.Text;
using Preserve.Workers.Printing;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Printing;

/// <summary>A guest that prints a letter on LPT1, in a session.</summary>
public sealed class PrinterSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task What_a_guest_prints_is_there_as_pages_while_it_runs_and_gone_when_it_ends()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder))
        {
            await BringInAsync(worker);
            var with = await worker.BeginAsync("on-486");
            var without = await worker.BeginAsync("on-classic");
            await worker.WaitForAsync(with.View.Id, SessionState.Running);
            await worker.WaitForAsync(without.View.Id, SessionState.Running);
            await worker.ReadUntilAsync(with.View.Id, "Printed.");

            var output = await worker.Sessions.ReadPrinterAsync(with.View.Id, 0, Cancellation);
            var none = await worker.Sessions.ReadPrinterAsync(without.View.Id, 0, Cancellation);
            await worker.Sessions.EndAsync(with.View.Id, SessionEndReason.Stopped, Cancellation);
            var gone = await worker.Sessions.ReadPrinterAsync(with.View.Id, 0, Cancellation);

            Assert.Equal((PrinterOutcome.Printed, "cp437", false), (output.Outcome, output.CodePage, output.IsFull));
            var page = Assert.Single(PrintedText.Read(output.Sent, CodePage.Find(output.CodePage)!).Pages);
            Assert.Equal(["A letter", "", "Dear archive,", "        this was printed on LPT1: café, ╔═╗."], page);
            Assert.Equal((PrinterOutcome.NoPrinter, PrinterOutcome.NotRunning), (none.Outcome, gone.Outcome));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task BringInAsync(Worker worker)
    {
        await worker.ImportAsync("echo");
        await using var image = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "guests", "printer.img"));
        var stored = await worker.Services.GetRequiredService<IContentStore>().PutAsync(image, image.Length, Cancellation);
        await worker.QueryAsync(async context =>
        {
            var file = new StoredFile { Name = "printer.img", LengthInBytes = stored.LengthInBytes, Sha256 = stored.Sha256 };
            var medium = new Medium { ObjectId = "printer", Name = "printer.img", Kind = "floppy-1440K", Representations = { new Representation { Format = "raw", Files = { file } } } };
            context.Objects.Add(new PreservedObject { Id = "printer", Title = "Printer", CreatedAt = 1, Media = { medium } });
            await context.SaveChangesAsync();
            foreach (var (id, profileId) in (ReadOnlySpan<(string, string)>)[("on-486", "pc-486"), ("on-classic", "pc-classic")])
            {
                var profile = context.Profiles.Where(one => one.Id == profileId).OrderByDescending(one => one.Version).First();
                context.Environments.Add(new PreservedEnvironment
                {
                    Id = id, ObjectId = "printer", Title = id, ProfileId = profile.Id, ProfileVersion = profile.Version, MemoryMiB = 16, Boot = "floppy",
                    Drives = { new EnvironmentDrive { EnvironmentId = id, Bay = "floppy0", MediumId = medium.Id } },
                });
            }

            return await context.SaveChangesAsync();
        });
    }
}
