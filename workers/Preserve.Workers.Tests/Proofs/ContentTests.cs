using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Software;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Suggestions;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;
using Preserve.Workers.Typing;

namespace Preserve.Workers.Tests.Proofs;

/// <summary>FreeDOS from the archive beside the checkout, and a letter that it lists from a floppy made for it.</summary>
public sealed class ContentTests
{
    private const string Words = "Dear archive, I am a letter.";
    private static readonly Actor Curator = new(Guid.NewGuid(), "ada", "curator");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task A_letter_is_proof_booted_in_FreeDOS_and_what_is_accepted_shows_it_also_after_a_rebuild()
    {
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder, options => options with { ExaminesMedia = true, BootsProofs = true }))
        {
            await BringInAsync(worker);
            var suggestion = Assert.Single(await worker.Services.GetRequiredService<ObjectSuggestions>().OfObjectAsync("letter", Cancellation));
            Assert.Equal(("freedos", "loose-files.img"), (suggestion.EnvironmentId, suggestion.Drives["floppy1"]));
            Assert.Equal("FreeDOS opens Plain Text File (x-fmt/111): LETTER.TXT.", suggestion.Reasons[0]);

            // As a researcher's session has it: attached for once, nothing accepted.
            var start = await worker.Sessions.StartAsync(
                new SessionRequest(["freedos"], SessionPurpose.Visit, null, null, TimeSpan.FromMinutes(10), Object: new ObjectUse("letter", "freedos", new(suggestion.Drives))), Cancellation);
            Assert.True(start.Session is not null, start.Message);
            await ReadLetterAsync(worker, start.Session!.View.Id);
            Assert.Equal("letter", await worker.QueryAsync(context => context.Sessions.Select(session => session.ObjectId).SingleAsync()));

            var proofs = worker.Services.GetRequiredService<ProofRequests>();
            Assert.Empty((await proofs.RequestAsync("letter", null, Curator, Cancellation)).Problems);
            await Waiting.UntilAsync(
                async () => (await proofs.ListAsync("letter", Cancellation)).All(proof => proof.State == ProofState.Booted), "the proof boot",
                () => worker.QueryAsync(context => context.ProofBoots.Select(one => one.Problem).SingleAsync()).GetAwaiter().GetResult());
            var booted = Assert.Single(await proofs.ListAsync("letter", Cancellation));
            Assert.Contains("A:\\>", booted.Screens[^1].Text, StringComparison.Ordinal);
            var accepted = await worker.Services.GetRequiredService<ProofAcceptance>().AcceptAsync(
                booted.Id, new ProofAcceptanceRequest("letter-in-freedos", "A letter in FreeDOS"), Curator, Cancellation);
            Assert.Empty(accepted.Problems);
            await worker.Services.GetRequiredService<ObjectVersions>().WriteAsync("letter", "accepted", Cancellation);
            await worker.Services.GetRequiredService<ObjectVersions>().WriteAsync("freedos", "declared", Cancellation);
        }

        var other = StarterWorker.NewFolder();
        Directory.Move(Path.Combine(folder, "storage"), Path.Combine(other, "storage"));
        await using (var worker = await Worker.StartAsync(other))
        {
            await worker.Services.GetRequiredService<ArchiveRebuild>().RebuildAsync(Cancellation);
            Assert.Equal("x-fmt/111", await worker.QueryAsync(context => context.SoftwareFormats.Select(one => one.Puid).SingleAsync()));
            var session = await worker.BeginAsync("letter-in-freedos");
            await ReadLetterAsync(worker, session.View.Id);
        }

        Directory.Delete(folder, recursive: true);
        Directory.Delete(other, recursive: true);
    }

    private static async Task ReadLetterAsync(Worker worker, Guid session)
    {
        await worker.WaitForAsync(session, SessionState.Running);
        await worker.ReadUntilAsync(session, "A:\\>");
        await worker.Sessions.TypeAsync(session, 0, new TypeRequest("dir b:\n", null, false, false), Cancellation);
        await worker.ReadUntilAsync(session, "LETTER");
        await worker.Sessions.TypeAsync(session, 0, new TypeRequest("type b:letter.txt\n", null, false, false), Cancellation);
        await worker.ReadUntilAsync(session, Words);
        await worker.Sessions.EndAsync(session, SessionEndReason.Stopped, Cancellation);
    }

    /// <summary>FreeDOS, which says that it opens plain text, and a letter of which the examination has said that it is.</summary>
    private static async Task BringInAsync(Worker worker)
    {
        var archive = SharedArchive.Require();
        await SharedArchive.ImportAsync(worker, archive, "freedos");
        var content = Encoding.ASCII.GetBytes(Words);
        await worker.Services.GetRequiredService<IContentStore>().PutAsync(new MemoryStream(content), 1000, Cancellation);
        await worker.QueryAsync(async context =>
        {
            var file = new StoredFile
            {
                Name = "LETTER.TXT", LengthInBytes = content.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), ExaminationState = ExaminationState.Examined,
                Identifications = { new Identification { Tool = "a test", Method = "extension", Puid = "x-fmt/111", FormatName = "Plain Text File" } },
            };
            var medium = new Medium { ObjectId = "letter", Name = "letter", Kind = "files", Representations = { new Representation { Format = "raw", Files = { file } } } };
            context.Objects.Add(new PreservedObject { Id = "letter", Title = "A letter", CreatedAt = 1, Media = { medium } });
            return await context.SaveChangesAsync();
        });
        Assert.Empty(await worker.Services.GetRequiredService<SoftwareDesk>().DeclareAsync("freedos", [new DeclaredFormat("x-fmt/111", FormatUse.Opens)], Curator, Cancellation));
    }
}
