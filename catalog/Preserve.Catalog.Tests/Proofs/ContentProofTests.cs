using System.Text;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Software;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Suggestions;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;

namespace Preserve.Catalog.Tests.Proofs;

/// <summary>An operating system on a hard disk, and letters: on a floppy, and as loose files.</summary>
public abstract class ContentProofTests(TestEngine engine)
{
    private const string Word = "fmt/40";
    private static readonly Actor Ada = new(Guid.NewGuid(), "ada", "curator");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Content_is_attached_to_an_environment_whose_software_opens_it_and_what_is_accepted_is_its_child()
    {
        await using var catalog = await OpenAsync();

        var suggested = await catalog.Get<ObjectSuggestions>().OfObjectAsync("letters", Cancellation);
        var id = await BootAsync(catalog, "letters");
        var bootable = await FindProofAsync(catalog, id);
        var accepted = await catalog.Get<ProofAcceptance>().AcceptAsync(id, new ProofAcceptanceRequest("letters-in-dos", "Letters in DOS"), Ada, Cancellation);

        Assert.Equal(["dos", "dos-word"], suggested.Select(one => one.EnvironmentId));
        Assert.All(suggested, one => Assert.Equal("Object os opens Word document (fmt/40): LETTER.DOC.", one.Reasons[0]));
        Assert.Equal([("disk0", "os.img"), ("floppy0", "disk.img")], bootable.Drives.Select(drive => (drive.Bay, drive.Medium.Name)).Order());
        Assert.Equal(("letters", "dos-word", 8, "disk"), (bootable.Environment.ObjectId, bootable.Environment.ParentId, bootable.Environment.MemoryMiB, bootable.Environment.Boot));
        Assert.Empty(accepted.Problems);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var made = (await context.FindBootableEnvironmentAsync("letters-in-dos", Cancellation))!;
        Assert.Equal([("disk0", "os.img"), ("floppy0", "disk.img")], made.Drives.Select(drive => (drive.Bay, drive.Medium.Name)).Order());
        Assert.Equal(("dos-word", "With disk.img in floppy0 attached.", 8), (made.Environment.ParentId, made.Environment.Note, made.Environment.MemoryMiB));
        Assert.Contains("os", await context.ObjectsInAsync(["letters-in-dos"], Cancellation));
        var happened = await context.Events.SingleAsync(one => one.ObjectId == "letters" && one.Type == "creation", Cancellation);
        Assert.Contains("disk.img in floppy0 attached to the environment dos-word", happened.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_loose_file_is_put_on_a_floppy_that_becomes_content_when_the_boot_is_accepted_and_comes_back_from_storage()
    {
        await using var catalog = await OpenAsync();
        await catalog.RequireSandboxAsync();
        File.SetUnixFileMode(catalog.Options.DataFolder, (UnixFileMode)0b111_101_101);

        var id = await BootAsync(catalog, "report");
        var bootable = await FindProofAsync(catalog, id);
        var accepted = await catalog.Get<ProofAcceptance>().AcceptAsync(id, new ProofAcceptanceRequest("report-in-dos", "Report in DOS"), Ada, Cancellation);
        await catalog.Get<ObjectVersions>().WriteAsync("report", "accepted", Cancellation);
        var again = await BootAsync(catalog, "report");
        var second = await catalog.Get<ProofAcceptance>().AcceptAsync(again, new ProofAcceptanceRequest("report-again", "Report again"), Ada, Cancellation);

        Assert.Equal("REPORT.DOC", Assert.Single(bootable.Drives.Single(drive => drive.Bay == "floppy0").Medium.Carrier!.Files).Name);
        Assert.Empty(accepted.Problems.Concat(second.Problems));
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var made = (await context.FindBootableEnvironmentAsync("report-in-dos", Cancellation))!.Drives.Single(drive => drive.Bay == "floppy0").Medium;
        Assert.Equal(("loose-files.img", "floppy-1440K", "raw", 1_474_560L, null), (made.Name, made.Kind, made.Format, made.LengthInBytes, made.Carrier));
        await using (var image = catalog.Get<IContentStore>().Open(made.Sha256))
        {
            using var bytes = new MemoryStream();
            await image.CopyToAsync(bytes, Cancellation);
            Assert.Contains("The report.", Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.Ordinal);
        }

        Assert.False(catalog.Get<FileContentStore>().Contains(made.Sha256), "it lies in the object's own version");
        var described = ObjectDescription.FromJson((await DescriptionOfRows.DescribeAsync(context, "report", Cancellation)).ToJson());
        var medium = described.Media.Single(one => one.Name == "loose-files.img");
        Assert.StartsWith("REPORT.DOC (SHA-256 ", medium.MadeOf, StringComparison.Ordinal);
        Assert.Equal(medium.MadeOf, RebuiltRows.Object(described).Media.Single(one => one.Name == "loose-files.img").MadeOf);
        Assert.Equal(2, await context.Drives.CountAsync(drive => drive.Medium!.Name == "loose-files.img", Cancellation));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_environment_that_is_gone_or_withdrawn_is_not_suggested_and_its_boots_come_to_nothing()
    {
        await using var catalog = await OpenAsync();
        var id = await BootAsync(catalog, "letters");
        Assert.Empty((await catalog.Get<EnvironmentTree>().RemoveAsync("dos-word", Ada, Cancellation)).Problems);

        var accepted = await catalog.Get<ProofAcceptance>().AcceptAsync(id, new ProofAcceptanceRequest("letters-in-dos", "Letters in DOS"), Ada, Cancellation);
        var suggested = await catalog.Get<ObjectSuggestions>().OfObjectAsync("letters", Cancellation);
        await catalog.Get<Catalog.Withdrawals.Withdrawals>().WithdrawAsync(Ada, "os", "A heir asked for it.", Cancellation);

        Assert.Contains("no environment 'dos-word' any more", Assert.Single(accepted.Problems), StringComparison.Ordinal);
        Assert.Equal(["dos"], suggested.Select(one => one.EnvironmentId));
        Assert.Empty(await catalog.Get<ObjectSuggestions>().OfObjectAsync("letters", Cancellation));
    }

    private async Task<TestCatalog> OpenAsync()
    {
        var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        var stored = await catalog.Get<IContentStore>().PutAsync(new MemoryStream("The report."u8.ToArray()), 100, Cancellation);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var os = Samples.Object("os");
        os.Media.Add(Medium("os", "os.img", "harddisk", new StoredContent(new string('e', 64), 1 << 20), "FAT16"));
        var letters = Samples.Object("letters", new StoredContent(new string('f', 64), 1_474_560));
        Describe(letters.Media[0].Representations[0].Files[0], "FAT12", new ContentFound(Word, "Word document", FormatMethod.Container, 3, "LETTER.DOC"));
        var report = Samples.Object("report");
        report.Media.Add(Medium("report", "REPORT.DOC", "files", stored, null));
        report.Media[0].Representations[0].Files[0].Identifications.Add(new Identification { Tool = "t", Method = "container", Puid = Word, FormatName = "Word document" });
        context.AddRange(Samples.Profile(), os, letters, report);
        await context.SaveChangesAsync(Cancellation);
        context.Environments.AddRange(Environment("dos", os), Environment("dos-word", os, "dos"));
        await context.SaveChangesAsync(Cancellation);
        Assert.Empty(await catalog.Get<SoftwareDesk>().DeclareAsync("os", [new DeclaredFormat(Word, FormatUse.Opens)], Ada, Cancellation));
        return catalog;
    }

    private static PreservedEnvironment Environment(string id, PreservedObject os, string? parentId = null)
    {
        var row = Samples.Environment(id, "os", parentId);
        (row.Boot, row.MemoryMiB) = ("disk", 8);
        row.Drives.Add(new EnvironmentDrive { EnvironmentId = id, Bay = "disk0", MediumId = os.Media[0].Id });
        return row;
    }

    private static Medium Medium(string objectId, string name, string kind, StoredContent content, string? fileSystem)
    {
        var file = new StoredFile { Name = name, LengthInBytes = content.LengthInBytes, Sha256 = content.Sha256, ExaminationState = ExaminationState.Examined };
        if (fileSystem is not null)
        {
            Describe(file, fileSystem);
        }

        // Loose files are kept, not booted from: so the ingest has it.
        var form = new Representation { Format = "raw", IsAccessCopy = kind != "files" };
        form.Files.Add(file);
        var medium = new Medium { ObjectId = objectId, Name = name, Kind = kind };
        medium.Representations.Add(form);
        return medium;
    }

    private static void Describe(StoredFile file, string fileSystem, params ContentFound[] contents) =>
        (file.ExaminationState, file.Characterisation) = (ExaminationState.Examined, CharacterisationDocument.Write(new MediumCharacterisation
        {
            Identification = new FileIdentification([], "", ""), Facts = new MediumFacts(), Volumes = [new VolumeFound(fileSystem, "", 0, VolumeReader.SleuthKit)], Contents = contents,
        }));

    private static async Task<long> BootAsync(TestCatalog catalog, string objectId)
    {
        var asked = await catalog.Get<ProofRequests>().RequestAsync(objectId, [ProofChoice.Of((await catalog.Get<ObjectSuggestions>().OfObjectAsync(objectId, Cancellation)).First(one => one.EnvironmentId == "dos-word"))], Ada, Cancellation);
        Assert.Empty(asked.Problems);
        var id = (await catalog.Get<ProofClaims>().ClaimAsync("w", Cancellation))!.Value;
        var screen = new ProofScreen { Order = 1, AtSeconds = 1, Sha256 = new string('b', 64), Width = 720, Height = 400 };
        Assert.True(await catalog.Get<ProofClaims>().BootedAsync(id, "w", new BootedProof("qemu-7.2.22", 1, [screen]), Cancellation));
        return id;
    }

    private static async Task<BootableEnvironment> FindProofAsync(TestCatalog catalog, long id)
    {
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        return (await context.FindBootableProofAsync(id, Cancellation))!;
    }
}

public sealed class ContentProofsOnSqlite() : ContentProofTests(new SqliteEngine());

public sealed class ContentProofsOnPostgreSql(PostgreSqlCluster cluster) : ContentProofTests(new PostgreSqlEngine(cluster));
