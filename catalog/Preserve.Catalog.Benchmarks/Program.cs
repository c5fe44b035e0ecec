using System.Diagnostics;
using System.Globalization;
using Preserve.Catalog.Benchmarks.Search;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Ocfl.Validation;

// Ingest and validation beside sha256sum and sha512sum run in parallel on the same file, in turn, several times.
//   [MIB]   size of the file, 2048 when missing
// Or a catalog of many objects, searched in this process.
//   search FOLDER OBJECTS EXHIBITS
if (args is ["search", var made, var objects, var exhibits])
{
    await SearchBench.RunAsync(made, int.Parse(objects, CultureInfo.InvariantCulture), int.Parse(exhibits, CultureInfo.InvariantCulture));
    return 0;
}

var length = (args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 2048) * 1024 * 1024;
var folder = Directory.CreateTempSubdirectory("preserve-bench-").FullName;
try
{
    var source = Path.Combine(folder, "image");
    await MakeAsync(source, length);
    for (var round = 1; round <= 3; round++)
    {
        var sums = await TimeAsync(() => Task.WhenAll(SumAsync("sha256sum", source), SumAsync("sha512sum", source)));
        var storage = new OcflStorage(Path.Combine(folder, $"storage-{round}"), (_, _) => Task.FromResult(false), TimeProvider.System);
        var ingest = await TimeAsync(() => IngestAsync(storage, source));
        var digest = await TimeAsync(() => SumAsync("sha512sum", source));
        var validate = await TimeAsync(() => OcflRootValidator.ValidateAsync(storage.Root, null, CancellationToken.None));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"round {round}: sha256sum + sha512sum {sums.TotalSeconds:0.00} s, ingest {ingest.TotalSeconds:0.00} s = {ingest / sums:0.00} x; sha512sum {digest.TotalSeconds:0.00} s, validation {validate.TotalSeconds:0.00} s = {validate / digest:0.00} x; peak memory {Environment.WorkingSet / 1e6:0} MB"));
        Directory.Delete(storage.Root, recursive: true);
    }

    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static async Task MakeAsync(string path, long length)
{
    var random = new Random(1);
    var buffer = new byte[1024 * 1024];
    await using var file = File.Create(path);
    for (long at = 0; at < length; at += buffer.Length)
    {
        random.NextBytes(buffer);
        await file.WriteAsync(buffer);
    }

    file.Flush(flushToDisk: true);
}

static async Task<TimeSpan> TimeAsync(Func<Task> work)
{
    var beganAt = Stopwatch.GetTimestamp();
    await work();
    return Stopwatch.GetElapsedTime(beganAt);
}

static async Task SumAsync(string program, string path)
{
#pragma warning disable RS0030 // The product starts processes in the sandbox only; a benchmark starts what it compares with.
    using var process = Process.Start(new ProcessStartInfo(program, [path]) { RedirectStandardOutput = true })!;
#pragma warning restore RS0030
    await process.StandardOutput.ReadToEndAsync();
    await process.WaitForExitAsync();
}

static async Task IngestAsync(OcflStorage storage, string source)
{
    await using var transaction = await storage.BeginAsync(CancellationToken.None);
    await using var file = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    var draft = new OcflDraft
    {
        ObjectId = "urn:example:bench",
        CreatedAt = TimeProvider.System.GetUtcNow(),
        Message = "bench",
        UserName = "bench",
        UserAddress = "mailto:bench@example.org",
    };
    draft.Put("media/image", await transaction.StageAsync(file, long.MaxValue - 1, CancellationToken.None));
    transaction.Add(draft);
    await transaction.PrepareAsync(CancellationToken.None);
    transaction.Accept();
}
