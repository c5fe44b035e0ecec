using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Storage;
using Preserve.Sandbox;

namespace Preserve.Catalog.Import;

/// <summary>
/// Brings an archive folder (docs/archive-format.md) into the catalog, all of it or nothing. May run beside a service on the same
/// catalog, and beside another import, for which it waits.
/// </summary>
/// <remarks>
/// 1. The manifest is read and checked as a whole, against the installed profiles and against what the catalog has.
/// 2. The journal notes what is about to be stored.
/// 3. Every medium is read, compared with its length and digest, and stored.
/// 4. One transaction writes the rows.
/// 5. What the journal notes and no row refers to is taken out of storage: after a refusal, a cancellation or a failure, and
///    after a kill by whoever comes next.
/// </remarks>
public sealed class ArchiveImporter(
    IDbContextFactory<CatalogContext> contexts,
    IContentStore store,
    ISandbox sandbox,
    IProfileDirectory profiles,
    ProfileRegister register,
    ImportJournal journal,
    TimeProvider time)
{
    private static readonly string Agent = $"preserve import {ProductVersion()}";

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
        await using (await journal.BeginAsync(cancellationToken))
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
        var intake = new MediaIntake(folder, store, new XzUnpacker(sandbox, store), problems);
        var total = intake.Measure(plan.Media);
        if (!problems.IsEmpty)
        {
            return new ImportResult { Problems = problems.Texts };
        }

        await journal.WriteAsync(plan.Media.Select(medium => medium.Sha256), cancellationToken);
        try
        {
            await intake.StoreAsync(plan.Media, total, progress, cancellationToken);
            return problems.IsEmpty
                ? await WriteRowsAsync(plan, problems, total, cancellationToken)
                : new ImportResult { Problems = problems.Texts };
        }
        finally
        {
            await journal.CleanAsync(CancellationToken.None);
        }
    }

    private async Task<ImportResult> WriteRowsAsync(ImportPlan plan, ProblemList problems, long total, CancellationToken cancellationToken)
    {
        // Before the transaction: a service that starts now registers the same rows.
        await register.UpsertAsync([.. plan.Profiles.Values.DistinctBy(profile => (profile.Id, profile.Version))], cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var result = await new ImportMerge(context, plan, problems).ApplyAsync(cancellationToken);
        if (problems.IsEmpty)
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return result with { LengthCheckedInBytes = total };
        }

        return new ImportResult { Problems = problems.Texts };
    }

    private static string ProductVersion() =>
        typeof(ArchiveImporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
