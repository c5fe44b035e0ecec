using System.Security.Cryptography;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Storage;
using Preserve.Sandbox;

namespace Preserve.Catalog.Carriers;

/// <summary>A carrier on the shelf.</summary>
/// <param name="Path">To be shown read-only to a sandbox.</param>
/// <param name="Sha256">Of the image.</param>
/// <param name="LengthInBytes">Of the image.</param>
public sealed record MadeCarrier(string Path, string Sha256, long LengthInBytes);

/// <summary>
/// Carriers that were made, in <c>carriers/</c> of the data folder, named by what is on them and their own digest. They can be made again
/// at any time: those not used for longest go when the shelf is full. A machine that runs on one that goes keeps it until it ends.
/// </summary>
public sealed class CarrierShelf(CarrierFolder folder, IngestOptions reserve, ISandbox sandbox, IContentStore content, TimeProvider time)
{
    private const long RoomInBytes = 8L << 30;

    private readonly CarrierMaker _maker = new(sandbox, content);

    private string Folder => folder.Path;

    /// <summary>Takes the carrier of a plan from the shelf, or makes it. One is made at a time.</summary>
    /// <exception cref="CarrierException">It could not be made; in words.</exception>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<MadeCarrier> TakeAsync(CarrierPlan plan, CancellationToken cancellationToken)
    {
        using var turn = await folder.TakeTurnAsync(cancellationToken);
        return Find(plan.Key) ?? await MakeAsync(plan, cancellationToken);
    }

    private MadeCarrier? Find(string key)
    {
        if (!Directory.Exists(Folder) || Directory.EnumerateFiles(Folder, $"{key}-*{CarrierFolder.Ending}").FirstOrDefault() is not { } path)
        {
            return null;
        }

        File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        return new MadeCarrier(path, Path.GetFileNameWithoutExtension(path)[(key.Length + 1)..], new FileInfo(path).Length);
    }

    private async Task<MadeCarrier> MakeAsync(CarrierPlan plan, CancellationToken cancellationToken)
    {
        folder.ClearLeftovers();
        var name = Guid.NewGuid().ToString("N");
        using var held = folder.Hold(name);
        var temporary = folder.UnfinishedPath(name);
        try
        {
            var work = CarrierFolder.WorkFolder(name);
            MakeFree(Folder, CarrierMaker.LongestInBytes(plan));
            MakeFree(Path.GetDirectoryName(work)!, CarrierMaker.LongestInBytes(plan));
            var (sha256, length) = await _maker.MakeAsync(plan, work, image => CopyAsync(image, temporary, cancellationToken), cancellationToken);
            MakeRoom(length);
            var path = Path.Combine(Folder, $"{plan.Key}-{sha256}{CarrierFolder.Ending}");
            DurableFile.Move(temporary, path);
            return new MadeCarrier(path, sha256, length);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<(string Sha256, long LengthInBytes)> CopyAsync(Stream image, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        await image.CopyToAsync(file, cancellationToken);
        File.SetUnixFileMode(file.SafeFileHandle, DurableFile.ReadOnlyMode);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        return (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)), file.Length);
    }

    private void MakeRoom(long needed)
    {
        var files = OldestFirst();
        var taken = files.Sum(file => file.Length) + needed;
        foreach (var file in files.TakeWhile(_ => taken > RoomInBytes))
        {
            taken -= file.Length;
            file.Delete();
        }
    }

    // What the house keeps free for itself is not given to what can be made again: the oldest go first, and then it is refused.
    private void MakeFree(string place, long needed)
    {
        var files = new Queue<FileInfo>(OldestFirst());
        while (new DriveInfo(place).AvailableFreeSpace - reserve.FreeSpaceReserveInBytes is var free && free < needed)
        {
            if (!files.TryDequeue(out var oldest))
            {
                throw new CarrierException(
                    $"There is no room for a carrier in {place}: it may come to {needed} bytes, and {Math.Max(0, free)} are free beside the reserve of {reserve.FreeSpaceReserveInBytes}. Make room there and try again.");
            }

            oldest.Delete();
        }
    }

    private List<FileInfo> OldestFirst() => [.. new DirectoryInfo(Folder).EnumerateFiles($"*{CarrierFolder.Ending}").OrderBy(file => file.LastWriteTimeUtc)];
}
