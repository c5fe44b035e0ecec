using Preserve.Catalog.Digests;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Import;

/// <summary>
/// Compares the media of a manifest with the files beside it, and stages what their objects do not have yet. Memory does not grow with
/// their size.
/// </summary>
internal sealed class MediaIntake(ArchiveFolder folder, KnownContent known, OcflTransaction transaction, XzUnpacker unpacker, ProblemList problems)
{
    private static readonly string[] Algorithms = [DigestNames.Sha256];

    private readonly Dictionary<string, Dictionary<string, OcflStagedFile>> _staged = new(StringComparer.Ordinal);

    // The reader of progress wants a few reports a second, not one a buffer.
    private const long ReportEveryInBytes = 1024 * 1024;

    /// <summary>What was staged for an object, by SHA-256.</summary>
    public IReadOnlyDictionary<string, OcflStagedFile> StagedFor(string objectId) =>
        _staged.GetValueOrDefault(objectId) ?? [];

    /// <summary>Length of all files. Told to the problem list: what is missing, no regular file, or plainly of the wrong length.</summary>
    public long Measure(IReadOnlyList<ArchiveMedium> media)
    {
        long total = 0;
        foreach (var medium in media)
        {
            try
            {
                using var file = folder.Open(medium.File);
                total += file.Length;
                if (!medium.IsPacked && file.Length != medium.LengthInBytes)
                {
                    problems.Add(medium.Entry, $"{medium.File} is {file.Length} bytes, the manifest says {medium.LengthInBytes}");
                }
            }
            catch (IOException problem)
            {
                problems.Add(medium.Entry, $"{medium.File} {Words(problem)}");
            }
        }

        return total;
    }

    /// <summary>Reads all and stages what is new. Told to the problem list: what does not have the length and digest that the manifest says.</summary>
    public async Task StageAsync(
        IReadOnlyList<ArchiveMedium> media, long total, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        long done = 0;
        foreach (var medium in media)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long reported = done;
            progress?.Report(new ImportProgress(done, total, medium.Entry));
            await StageAsync(medium, count =>
            {
                done += count;
                if (done - reported >= ReportEveryInBytes)
                {
                    reported = done;
                    progress?.Report(new ImportProgress(done, total, medium.Entry));
                }
            }, cancellationToken);
        }

        progress?.Report(new ImportProgress(done, total, ""));
    }

    private async Task StageAsync(ArchiveMedium medium, Action<int> count, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = folder.Open(medium.File);
            await using var counted = new CountingStream(file, count);
            var found = medium.IsPacked
                ? await unpacker.ReadAsync(counted, medium.LengthInBytes, content => ReadAsync(medium, content, cancellationToken), cancellationToken)
                : await ReadAsync(medium, counted, cancellationToken);
            Compare(medium, found);
        }
        catch (InvalidDataException problem)
        {
            problems.Add(medium.Entry, $"{medium.File} {problem.Message}");
        }
        catch (FileNotFoundException problem)
        {
            problems.Add(medium.Entry, $"{medium.File} {Words(problem)}");
        }
    }

    private async Task<StoredContent> ReadAsync(ArchiveMedium medium, Stream content, CancellationToken cancellationToken)
    {
        var ofObject = _staged.TryGetValue(medium.ObjectId, out var files) ? files : _staged[medium.ObjectId] = new(StringComparer.Ordinal);
        if (known.Contains(medium.ObjectId, medium.Sha256) || ofObject.ContainsKey(medium.Sha256))
        {
            var read = await StreamDigests.ReadAsync(content, Algorithms, null, medium.LengthInBytes, cancellationToken);
            return new StoredContent(read.Digests[DigestNames.Sha256], read.LengthInBytes);
        }

        var staged = await transaction.StageAsync(content, medium.LengthInBytes, cancellationToken);
        ofObject[staged.Sha256] = staged;
        return new StoredContent(staged.Sha256, staged.LengthInBytes);
    }

    private void Compare(ArchiveMedium medium, StoredContent found)
    {
        if (found.LengthInBytes > medium.LengthInBytes)
        {
            problems.Add(medium.Entry, $"{medium.File} is longer than {medium.LengthInBytes} bytes, which the manifest says");
        }
        else if (found.LengthInBytes < medium.LengthInBytes)
        {
            problems.Add(medium.Entry, $"{medium.File} is {found.LengthInBytes} bytes, the manifest says {medium.LengthInBytes}");
        }
        else if (found.Sha256 != medium.Sha256)
        {
            problems.Add(medium.Entry, $"SHA-256 is {found.Sha256}, the manifest says {medium.Sha256}");
        }
    }

    // The exception's own message would name a path in .NET's words.
    private static string Words(IOException problem) => problem is FileNotFoundException ? "is missing" : problem.Message;
}
