using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Import;

/// <summary>Compares the media of a manifest with the files beside it and stores them. Memory does not grow with their size or number.</summary>
internal sealed class MediaIntake(ArchiveFolder folder, IContentStore store, XzUnpacker unpacker, ProblemList problems)
{
    // The reader of progress wants a few reports a second, not one a buffer.
    private const long ReportEveryInBytes = 1024 * 1024;

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

    /// <summary>Reads and stores all. Told to the problem list: what does not have the length and digest that the manifest says.</summary>
    public async Task StoreAsync(
        IReadOnlyList<ArchiveMedium> media, long total, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        long done = 0;
        foreach (var medium in media)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long reported = done;
            progress?.Report(new ImportProgress(done, total, medium.Entry));
            await StoreAsync(medium, count =>
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

    private async Task StoreAsync(ArchiveMedium medium, Action<int> count, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = folder.Open(medium.File);
            await using var counted = new CountingStream(file, count);
            var expected = new StoredContent(medium.Sha256, medium.LengthInBytes);
            var found = medium.IsPacked
                ? await unpacker.PutExpectedAsync(counted, expected, cancellationToken)
                : await store.PutExpectedAsync(counted, expected, cancellationToken);
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
