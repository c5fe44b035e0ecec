using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Import;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ingest;

/// <summary>How a batch went.</summary>
/// <param name="Accepted">Objects that are in the collection now.</param>
/// <param name="AlreadyThere">Objects of the sheet that the collection had.</param>
/// <param name="Problems">With problems from the check nothing was brought in.</param>
public sealed record BatchResult(int Accepted, IReadOnlyList<string> AlreadyThere, IReadOnlyList<string> Problems)
{
    public bool IsDone => Problems.Count == 0;
}

/// <summary>
/// Brings in a folder that a sheet describes: the whole sheet and the folder are checked, then each file goes through quarantine and each
/// object through <see cref="Acceptance"/>, as from the page. A batch that was interrupted is simply run again.
/// </summary>
public sealed class BatchIngest(
    IDbContextFactory<CatalogContext> contexts, QuarantineFolder quarantine, HostFiles files, Acceptance acceptance, IngestOptions options)
{
    /// <param name="folder">Absolute path.</param>
    /// <param name="sheet">The sheet's text.</param>
    /// <param name="actor">Who brings it in.</param>
    /// <param name="progress">Told as files are read; null when nobody looks.</param>
    /// <param name="cancellationToken">Stops between objects; what is accepted stays.</param>
    /// <exception cref="IOException">A file failed while it was read, or storage failed.</exception>
    public async Task<BatchResult> IngestAsync(
        string folder, TextReader sheet, Actor actor, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var (objects, problems) = BatchSheet.Read(sheet);
        if (problems.Count > 0)
        {
            return new BatchResult(0, [], problems);
        }

        var known = await KnownAsync(objects, cancellationToken);
        var due = objects.Where(one => !known.Contains(one.Description.ObjectId)).ToList();
        var found = new ProblemList();
        var total = due.SelectMany(one => one.Files).SelectMany(files => files).Sum(file => Measure(folder, file, found));
        if (found.IsEmpty && total > quarantine.FreeLengthInBytes - options.FreeSpaceReserveInBytes)
        {
            found.Add("folder", $"holds {Uploads.Size(total)}, which is more than the disk of the data folder has left beside its reserve");
        }

        if (!found.IsEmpty)
        {
            return new BatchResult(0, known, found.Texts);
        }

        return await IngestAsync(folder, due, known, actor, total, progress, cancellationToken);
    }

    private async Task<BatchResult> IngestAsync(
        string folder, List<BatchObject> due, List<string> known, Actor actor, long total, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        var accepted = 0;
        long done = 0;
        foreach (var one in due)
        {
            var ids = new List<IReadOnlyList<Guid>>();
            foreach (var files in one.Files)
            {
                var uploads = new List<Guid>();
                foreach (var file in files)
                {
                    progress?.Report(new ImportProgress(done, total, file.Path));
                    var upload = await BringInAsync(folder, file, actor, problems, cancellationToken);
                    done += upload?.LengthInBytes ?? 0;
                    uploads.Add(upload?.Id ?? Guid.Empty);
                }

                ids.Add(uploads);
            }

            if (ids.SelectMany(list => list).Contains(Guid.Empty))
            {
                // Told already; what came of this object waits in quarantine.
                continue;
            }

            var request = one.Description with { Media = [.. one.Description.Media.Zip(ids, (medium, files) => medium with { Files = files })] };
            var result = await acceptance.AcceptAsync(request, actor, cancellationToken);
            accepted += result.IsDone ? 1 : 0;
            foreach (var problem in result.Problems)
            {
                problems.Add($"object \"{one.Description.ObjectId}\"", problem);
            }
        }

        progress?.Report(new ImportProgress(done, total, ""));
        return new BatchResult(accepted, known, problems.Texts);
    }

    private Task<Upload?> BringInAsync(string folder, BatchFile file, Actor actor, ProblemList problems, CancellationToken cancellationToken) =>
        files.BringAsync(folder, file.Path, file.Path, actor, digests =>
        {
            if (file.Sha256.Length > 0 && file.Sha256 != digests.Sha256)
            {
                problems.Add(file.Row, $"{file.Path}: SHA-256 is {digests.Sha256}, the sheet says {file.Sha256}");
                return false;
            }

            return true;
        }, cancellationToken);

    private async Task<List<string>> KnownAsync(IReadOnlyList<BatchObject> objects, CancellationToken cancellationToken)
    {
        var ids = objects.Select(one => one.Description.ObjectId).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Objects.Where(one => EF.Parameter(ids).Contains(one.Id)).Select(one => one.Id).OrderBy(id => id).ToListAsync(cancellationToken);
    }

    private long Measure(string folder, BatchFile file, ProblemList problems)
    {
        try
        {
            using var opened = BatchFolder.Open(folder, file.Path);
            if (opened.Length > options.MaximumUploadLengthInBytes)
            {
                problems.Add(file.Row, $"{file.Path} is longer than {Uploads.Size(options.MaximumUploadLengthInBytes)}");
            }

            return opened.Length;
        }
        catch (IOException problem)
        {
            problems.Add(file.Row, $"{file.Path} {(problem is FileNotFoundException ? "is missing" : problem.Message)}");
            return 0;
        }
    }
}

/// <summary>Opens files below a folder, following no link on the way.</summary>
internal static class BatchFolder
{
    /// <exception cref="IOException">It is missing, behind a link, not a regular file or unreadable: the message says which, to follow its name.</exception>
    public static FileStream Open(string folder, string path)
    {
        var names = path.Split('/');
        var current = PosixFile.OpenFolder(folder);
        try
        {
            foreach (var name in names.SkipLast(1))
            {
                var inner = PosixFile.OpenInnerFolder(current, name);
                current.Dispose();
                current = inner;
            }

            return new FileStream(PosixFile.OpenRegular(current, names[^1]), FileAccess.Read, bufferSize: 0);
        }
        finally
        {
            current.Dispose();
        }
    }
}
