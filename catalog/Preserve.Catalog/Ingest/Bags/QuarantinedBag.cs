using Preserve.Catalog.Bags;
using Preserve.Catalog.Mets;
using Preserve.Catalog.Probing;

namespace Preserve.Catalog.Ingest.Bags;

/// <summary>A bag whose files lie in quarantine, found by its declaration.</summary>
/// <param name="Root">Path of its folder with a slash at the end; empty when the files lie at the top.</param>
/// <param name="Files">By path in the bag.</param>
internal sealed record QuarantinedBag(string Root, IReadOnlyDictionary<string, Upload> Files)
{
    /// <summary>What its folder is called; empty when it has none.</summary>
    public string Name => Root.Length == 0 ? "" : Root.TrimEnd('/').Split('/')[^1];

    /// <summary>Null, with the reason in words, when the files are no bag.</summary>
    public static (QuarantinedBag? Bag, string Problem) Find(IReadOnlyCollection<Upload> uploads)
    {
        var declaration = uploads.Where(upload => upload.Name == "bagit.txt").OrderBy(upload => upload.RelativePath.Count(c => c == '/')).ThenBy(upload => upload.RelativePath, StringComparer.Ordinal).FirstOrDefault();
        if (declaration is null)
        {
            return (null, "There is no bagit.txt: this is no bag (RFC 8493). Unpack it and describe its files instead.");
        }

        var root = declaration.RelativePath[..^"bagit.txt".Length];
        var outside = uploads.FirstOrDefault(upload => !upload.RelativePath.StartsWith(root, StringComparison.Ordinal));
        return outside is not null
            ? (null, $"'{Import.ManifestEntry.Shorten(outside.RelativePath)}' lies beside the bag and not in it. A packed bag has one folder and nothing else.")
            : (new QuarantinedBag(root, uploads.ToDictionary(upload => upload.RelativePath[root.Length..], StringComparer.Ordinal)), "");
    }

    /// <summary>Asks the sandbox about it.</summary>
    public Task<BagAnswer> LookAsync(BagProbe probe, QuarantineFolder quarantine, CancellationToken cancellationToken)
    {
        var shown = Files.Where(file => IsShown(file.Key, file.Value.LengthInBytes)).ToDictionary(file => file.Key, file => quarantine.PathForSandbox(file.Value.Id));
        var inside = shown.Keys.Order(StringComparer.Ordinal).Index().ToDictionary(one => one.Item, one => $"/bag/{one.Index}");
        return probe.LookAsync(
            [.. Files.Select(file => new BagListedFile(
                file.Key, file.Value.LengthInBytes, file.Value.Sha256!, file.Value.Sha512!, file.Value.Sha1!, file.Value.Md5!, inside.GetValueOrDefault(file.Key)))],
            shown, cancellationToken);
    }

    private static bool IsShown(string path, long lengthInBytes) =>
        (BagLayout.IsTagFile(path) && lengthInBytes <= BagLayout.LongestTagFileInBytes) || (BagLayout.IsMets(path) && lengthInBytes <= MetsReader.MaximumLengthInBytes);
}
