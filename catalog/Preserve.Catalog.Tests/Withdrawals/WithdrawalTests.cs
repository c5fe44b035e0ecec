using System.Text;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Import;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Ocfl.Validation;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;
using Preserve.Catalog.Withdrawals;

namespace Preserve.Catalog.Tests.Withdrawals;

public abstract class WithdrawalTests(TestEngine engine)
{
    private const int Limit = 120_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_withdrawn_object_closes_every_environment_that_is_made_of_it_and_drops_their_posters()
    {
        await using var catalog = await ArchiveAsync();
        var poster = await catalog.Get<IContentStore>().PutAsync(new MemoryStream("png"u8.ToArray()), 10, Cancellation);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        await context.Environments.ExecuteUpdateAsync(
            set => set.SetProperty(one => one.PosterState, PosterState.Made).SetProperty(one => one.PosterSha256, one => one.Id == "grandchild" ? poster.Sha256 : null), Cancellation);
        var session = Samples.Session("here", "grandchild");
        await catalog.Get<SessionRegister>().AdmitAsync(session, Cancellation);

        var result = await catalog.Get<Catalog.Withdrawals.Withdrawals>().WithdrawAsync(Actor.CommandLine, "game", "The maker asked.", Cancellation);

        Assert.Empty(result.Problems);
        Assert.Equal([session.Id], result.Sessions);
        Assert.False(catalog.Get<IContentStore>().Contains(poster.Sha256));
        Assert.Equal(
            ["game:game", "grandchild:game", "second:"],
            await context.Environments.OrderBy(one => one.Id).Select(one => one.Id + ":" + (one.WithdrawnWith ?? "")).ToListAsync(Cancellation));
        Assert.Null(await ClaimOfAsync(catalog));
        Assert.Equal("The game", (await catalog.Get<SessionRegister>().AdmitAsync(Samples.Session("here", "grandchild"), Cancellation)).Withdrawn);
        Assert.Equal("deaccession", (await context.Events.OrderBy(one => one.Id).LastAsync(Cancellation)).Type);
        Assert.Equal("game", (await context.AuditEntries.SingleAsync(one => one.Action == AuditAction.ObjectWithdrawn, Cancellation)).Subject);
    }

    [Fact(Timeout = Limit)]
    public async Task An_object_that_is_opened_again_opens_what_nothing_else_closes()
    {
        await using var catalog = await ArchiveAsync();
        var withdrawals = catalog.Get<Catalog.Withdrawals.Withdrawals>();
        await withdrawals.WithdrawAsync(Actor.CommandLine, "game", "One.", Cancellation);
        await withdrawals.WithdrawAsync(Actor.CommandLine, "second", "Two.", Cancellation);

        Assert.Empty((await withdrawals.ReinstateAsync(Actor.CommandLine, "game", "It is settled.", Cancellation)).Problems);

        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        Assert.Equal(
            ["game:", "grandchild:second", "second:second"],
            await context.Environments.OrderBy(one => one.Id).Select(one => one.Id + ":" + (one.WithdrawnWith ?? "")).ToListAsync(Cancellation));
        Assert.Equal("game", await ClaimOfAsync(catalog));
    }

    [Fact(Timeout = Limit)]
    public async Task One_person_purges_nothing()
    {
        await using var catalog = await ArchiveAsync();
        var (first, second) = (await PersonAsync(catalog, "first"), await PersonAsync(catalog, "second"));
        var purges = catalog.Get<Purges>();
        Assert.NotEmpty(await purges.RequestAsync(first, "game", "It is in use, so not yet.", Cancellation));
        await catalog.Get<Catalog.Withdrawals.Withdrawals>().WithdrawAsync(first, "game", "The maker asked.", Cancellation);

        Assert.NotEmpty(await purges.RequestAsync(Actor.CommandLine, "game", "By nobody in particular.", Cancellation));
        Assert.NotEmpty(await purges.ApproveAsync(second, "game", Cancellation));
        Assert.Empty(await purges.RequestAsync(first, "game", "A court wants it.", Cancellation));
        Assert.NotEmpty(await purges.ApproveAsync(first, "game", Cancellation));
        Assert.NotEmpty(await purges.ApproveAsync(Actor.CommandLine, "game", Cancellation));

        Assert.NotEmpty(FilesWith(catalog, "bytes of game"));
        Assert.Empty(await purges.RefuseAsync(second, "game", Cancellation));
        Assert.NotEmpty(await purges.ApproveAsync(second, "game", Cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task Two_persons_leave_a_tombstone_that_validates_and_not_a_byte_of_the_rest()
    {
        await using var catalog = await ArchiveAsync();
        var (first, second) = (await PersonAsync(catalog, "first"), await PersonAsync(catalog, "second"));
        await catalog.Get<Catalog.Withdrawals.Withdrawals>().WithdrawAsync(first, "game", "The maker asked.", Cancellation);
        await catalog.Get<ObjectVersions>().WriteAsync("game", "withdrawn", Cancellation);
        await catalog.Get<Purges>().RequestAsync(first, "game", "A court wants it.", Cancellation);
        Assert.NotEmpty(FilesWith(catalog, "bytes of game"));
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(catalog.Get<CarrierFolder>().Path).FullName, "a-b.img"), "bytes of game", Cancellation);

        Assert.Empty(await catalog.Get<Purges>().ApproveAsync(second, "game", Cancellation));

        Assert.Empty(FilesWith(catalog, "bytes of game"));
        Assert.NotEmpty(FilesWith(catalog, "bytes of second"));
        var storage = catalog.Get<ObjectStorage>().Ocfl;
        var inventory = storage.FindInventory(ObjectStorage.OcflId("game"))!;
        Assert.Equal(("v1", 3), (inventory.Head, inventory.Manifest.Count));
        Assert.Empty((await OcflRootValidator.ValidateAsync(storage.Root, null, Cancellation)).Findings.Kept);
        Assert.Empty(await catalog.Get<ObjectVersions>().FindDueAsync(10, Cancellation));
        Assert.NotEmpty((await catalog.Get<Catalog.Withdrawals.Withdrawals>().ReinstateAsync(first, "game", "No.", Cancellation)).Problems);

        await using var rebuilt = await RebuildAsync(catalog);
        await using var context = await rebuilt.Contexts.CreateDbContextAsync(Cancellation);
        var row = await context.Objects.SingleAsync(one => one.Id == "game", Cancellation);
        Assert.NotNull(row.PurgedAt);
        Assert.Equal("The maker asked.", row.WithdrawalReason);
        Assert.Equal("game", (await context.Environments.SingleAsync(one => one.Id == "grandchild", Cancellation)).WithdrawnWith);
        Assert.Contains(await context.Events.Where(one => one.ObjectId == "game").Select(one => one.Type).ToListAsync(Cancellation), type => type == "deletion");
    }

    [Theory(Timeout = Limit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_kill_a_purge_is_either_whole_or_never_was(bool isAccepted)
    {
        await using var catalog = await ArchiveAsync();
        var storage = catalog.Get<ObjectStorage>();
        await using (var transaction = await storage.Ocfl.BeginAsync(Cancellation))
        {
            var draft = new OcflDraft
            {
                ObjectId = ObjectStorage.OcflId("game"), CreatedAt = DateTimeOffset.UnixEpoch, Message = "m", UserName = "u", UserAddress = "mailto:a@example.org",
                ReplacesObject = true,
            };
            draft.Put("description.json", await transaction.StageAsync("{}"u8.ToArray(), Cancellation));
            transaction.Add(draft);
            await transaction.PrepareAsync(Cancellation);
            await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
            context.StorageCommits.Add(new StorageCommit { Id = isAccepted ? transaction.Id : "another" });
            await context.SaveChangesAsync(Cancellation);
        }

        await storage.RecoverAsync(Cancellation);

        Assert.Equal(isAccepted, FilesWith(catalog, "bytes of game").Count == 0);
        Assert.Empty((await OcflRootValidator.ValidateAsync(storage.Ocfl.Root, null, Cancellation)).Findings.Kept);
        Assert.Empty(ImportSetting.Leftovers(catalog.Options.DataFolder));
    }

    private static Task<string?> ClaimOfAsync(TestCatalog catalog) => catalog.Get<PosterClaims>().ClaimAsync("here", Cancellation);

    // Anywhere below the data folder, whatever it is called.
    private static List<string> FilesWith(TestCatalog catalog, string text) =>
    [
        .. Directory.EnumerateFiles(catalog.Options.DataFolder, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("catalog.db", StringComparison.Ordinal) && Encoding.UTF8.GetString(File.ReadAllBytes(file)) == text),
    ];

    private static async Task<Actor> PersonAsync(TestCatalog catalog, string name)
    {
        var (account, _) = await catalog.Get<AccountAdministration>().CreateAsync(Actor.CommandLine, name, [Roles.Curator], password: null, Cancellation);
        return Actor.Of(account!, [Roles.Curator]);
    }

    // "grandchild" belongs to "second", on top of an environment of "game".
    private async Task<TestCatalog> ArchiveAsync()
    {
        var catalog = await engine.CreateCatalogAsync(ImportSetting.Add);
        using var archive = new TestArchive();
        archive.Objects.Add((System.Text.Json.Nodes.JsonNode)archive.MakeObject("second"));
        Assert.Empty((await catalog.Get<ArchiveImporter>().ImportAsync(archive.Write(), null, Cancellation)).Problems);
        await using var context = await catalog.Contexts.CreateDbContextAsync(Cancellation);
        var parent = await context.Environments.SingleAsync(one => one.Id == "game", Cancellation);
        context.Environments.Add(new PreservedEnvironment
        {
            Id = "grandchild", ObjectId = "second", Title = "Grandchild", ParentId = "game", ProfileId = parent.ProfileId, ProfileVersion = parent.ProfileVersion,
            MemoryMiB = 8, Boot = "floppy",
        });
        context.Events.Add(Samples.Event("second", "creation"));
        await context.SaveChangesAsync(Cancellation);
        await catalog.Get<ObjectVersions>().WriteAsync("second", "a derivative", Cancellation);
        await context.Environments.ExecuteUpdateAsync(set => set.SetProperty(one => one.PosterState, PosterState.Failed), Cancellation);
        return catalog;
    }

    private async Task<TestCatalog> RebuildAsync(TestCatalog lost)
    {
        var rebuilt = await engine.CreateCatalogAsync(ImportSetting.Add);
        foreach (var file in Directory.EnumerateFiles(lost.Options.StorageFolder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(rebuilt.Options.StorageFolder, Path.GetRelativePath(lost.Options.StorageFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Assert.NotNull(await rebuilt.Get<ArchiveRebuild>().RebuildAsync(Cancellation));
        return rebuilt;
    }
}

public sealed class WithdrawalOnSqlite() : WithdrawalTests(new SqliteEngine());

public sealed class WithdrawalOnPostgreSql(PostgreSqlCluster cluster) : WithdrawalTests(new PostgreSqlEngine(cluster));
