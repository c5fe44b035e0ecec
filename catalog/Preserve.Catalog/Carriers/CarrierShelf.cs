using System.Security.Cryptography;
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
public sealed class CarrierShelf(CatalogOptions options, ISandbox sandbox, IContentStore content, TimeProvider time) : IDisposable
{
    private const long RoomInBytes = 8L << 30;
    private const string Ending = ".img";

    private readonly CarrierMaker _maker = new(sandbox, content);
    private readonly SemaphoreSlim _turn = new(1, 1);

    private string Folder => Path.Combine(options.DataFolder, "carriers");

    /// <summary>Takes the carrier of a plan from the shelf, or makes it. One is made at a time.</summary>
    /// <exception cref="CarrierException">It could not be made; in words.</exception>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<MadeCarrier> TakeAsync(CarrierPlan plan, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Find(plan.Key) ?? await MakeAsync(plan, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private MadeCarrier? Find(string key)
    {
        if (!Directory.Exists(Folder) || Directory.EnumerateFiles(Folder, $"{key}-*{Ending}").FirstOrDefault() is not { } path)
        {
            return null;
        }

        File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        return new MadeCarrier(path, Path.GetFileNameWithoutExtension(path)[(key.Length + 1)..], new FileInfo(path).Length);
    }

    private async Task<MadeCarrier> MakeAsync(CarrierPlan plan, CancellationToken cancellationToken)
    {
        DurableFile.CreateFolder(Folder);
        var temporary = Path.Combine(Folder, $"{Guid.NewGuid():N}.new");
        try
        {
            var (sha256, length) = await _maker.MakeAsync(plan, image => CopyAsync(image, temporary, cancellationToken), cancellationToken);
            MakeRoom(length);
            var path = Path.Combine(Folder, $"{plan.Key}-{sha256}{Ending}");
            File.Move(temporary, path, overwrite: true);
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
        file.Position = 0;
        return (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)), file.Length);
    }

    private void MakeRoom(long needed)
    {
        var files = new DirectoryInfo(Folder).EnumerateFiles($"*{Ending}").OrderBy(file => file.LastWriteTimeUtc).ToList();
        var taken = files.Sum(file => file.Length) + needed;
        foreach (var file in files.TakeWhile(_ => taken > RoomInBytes))
        {
            taken -= file.Length;
            file.Delete();
        }
    }
}
