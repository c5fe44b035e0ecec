using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Storage;
using Preserve.Sandbox;

namespace Preserve.Catalog.Import;

/// <summary>
/// Brings an archive folder (docs/archive-format.md) into the catalog, all of it or nothing. May run beside a service on the same
/// catalog, and beside another import, for which it waits.
/// </summary>
/// <remarks>
/// 1. The manifest is read and checked as a whole, against the installed profiles and against what the catalog has.
/// 2. Every medium is read, compared with its length and digest, and staged beside storage.
/// 3. The rows are merged and each changed object's next version drafted: its media and its description.
/// 4. Versions and rows are committed together. Before that nothing shows; after a kill whoever comes next finishes or clears it.
/// </remarks>
public sealed class ArchiveImporter(
    IDbContextFactory<CatalogContext> contexts,
    ObjectStorage storage,
    ObjectVersions versions,
    ISandbox sandbox,
    IProfileDirectory profiles,
    ProfileRegister register,
    ImportTurn turn,
    TimeProvider time)
{
    private static readonly string Agent = ObjectVersions.Agent("import");

    /// <param name="folder">Holds <c>archive.json</c> and the files it names.</param>
    /// <param name="progress">Told about once a mebibyte; null when nobody looks.</param>
    /// <param name="cancellationToken">Leaves the catalog as it was.</param>
    /// <returns>What was imported, or what is wrong with the archive.</returns>
    /// <exception cref="SandboxException">A packed file cannot be unpacked because the sandbox cannot be made.</exception>
    /// <exception cref="IOException">The folder or a file failed while it was read, or storage failed.</exception>
    public async Task<ImportResult> ImportAsync(string folder, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        if (TryOpen(folder, problems) is not { } opened)
        {
            return new ImportResult { Problems = problems.Texts };
        }

        using (opened)
        await using (await turn.TakeAsync(cancellationToken))
        {
            var plan = await ReadAsync(opened, problems, cancellationToken);
            return plan is null
                ? new ImportResult { Problems = problems.Texts }
                : await ImportAsync(opened, plan, problems, progress, cancellationToken);
        }
    }

    private static ArchiveFolder? TryOpen(string folder, ProblemList problems)
    {
        try
        {
            return new ArchiveFolder(folder);
        }
        catch (IOException problem)
        {
            problems.Add(folder, problem is FileNotFoundException ? "is missing" : problem.Message);
            return null;
        }
    }

    private async Task<ImportPlan?> ReadAsync(ArchiveFolder folder, ProblemList problems, CancellationToken cancellationToken)
    {
        if (await ReadManifestAsync(folder, problems, cancellationToken) is not { } manifest)
        {
            return null;
        }

        var validator = new ManifestValidator(profiles, problems);
        validator.Validate(manifest);
        if (!problems.IsEmpty)
        {
            return null;
        }

        // A rehearsal on rows that are not saved: conflicts with the catalog are told before a byte is stored.
        var plan = new ImportPlan(manifest, validator.Profiles, time.GetUtcNow().ToUnixTimeMilliseconds(), Agent);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await new ImportMerge(context, plan, problems).ApplyAsync(cancellationToken);
        return problems.IsEmpty ? plan : null;
    }

    private static async Task<ArchiveManifest?> ReadManifestAsync(ArchiveFolder folder, ProblemList problems, CancellationToken cancellationToken)
    {
        try
        {
            var json = await folder.ReadAsync("archive.json", ManifestReader.MaximumLengthInBytes, cancellationToken);
            return new ManifestReader(problems).Read(json);
        }
        catch (IOException problem)
        {
            problems.Add("archive.json", problem is FileNotFoundException ? "is missing" : problem.Message);
            return null;
        }
    }

    private async Task<ImportResult> ImportAsync(
        ArchiveFolder folder, ImportPlan plan, ProblemList problems, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        await using var transaction = await storage.Ocfl.BeginAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await KnownContent.LoadAsync(context, plan.Manifest, cancellationToken);
        var intake = new MediaIntake(folder, known, transaction, new XzUnpacker(sandbox), problems);
        var total = intake.Measure(plan.Media);
        if (problems.IsEmpty)
        {
            await intake.StageAsync(plan.Media, total, progress, cancellationToken);
        }

        return problems.IsEmpty
            ? await CommitAsync(context, transaction, intake, plan, problems, total, cancellationToken)
            : new ImportResult { Problems = problems.Texts };
    }

    private async Task<ImportResult> CommitAsync(
        CatalogContext context, OcflTransaction transaction, MediaIntake intake, ImportPlan plan, ProblemList problems, long total, CancellationToken cancellationToken)
    {
        // Before the transaction: a service that starts now registers the same rows.
        await register.UpsertAsync([.. plan.Profiles.Values.DistinctBy(profile => (profile.Id, profile.Version))], cancellationToken);
        var merge = new ImportMerge(context, plan, problems);
        var result = await merge.ApplyAsync(cancellationToken);
        if (!problems.IsEmpty)
        {
            return new ImportResult { Problems = problems.Texts };
        }

        foreach (var id in merge.Changed)
        {
            await versions.AddDraftAsync(context, transaction, id, intake.StagedFor(id), "import", plan.Agent, cancellationToken);
        }

        await storage.CommitAsync(context, transaction, cancellationToken);
        return result with { LengthCheckedInBytes = total };
    }
}
