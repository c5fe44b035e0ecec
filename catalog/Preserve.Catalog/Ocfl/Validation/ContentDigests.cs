using Preserve.Catalog.Digests;
using Preserve.Catalog.Ocfl.Inventories;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ocfl.Validation;

/// <summary>
/// Compares files with what inventories say of them. Every file is read once, whatever number of digests is wanted of it,
/// and as many files at a time as there are processors.
/// </summary>
internal sealed class ContentDigests(string objectFolder, OcflFindings findings)
{
    private readonly Dictionary<string, List<Claim>> _claims = new(StringComparer.Ordinal);

    private long _lengthReadInBytes;

    /// <summary>Bytes read so far.</summary>
    public long LengthReadInBytes => _lengthReadInBytes;

    /// <summary>Notes what an inventory says of files that are there.</summary>
    public void Add(InventoryFile file, ICollection<string> present)
    {
        Add(file.Inventory.DigestAlgorithm, file.Inventory.Manifest, "E092", file.Path, present);
        foreach (var (algorithm, block) in file.Inventory.Fixity)
        {
            Add(algorithm, block, "E093", file.Path, present);
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            _claims,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (claimed, token) => await CheckAsync(claimed.Key, claimed.Value, token));

    private void Add(string algorithm, Dictionary<string, List<string>> block, string code, string inventory, ICollection<string> present)
    {
        if (!DigestNames.IsKnown(algorithm))
        {
            return;
        }

        foreach (var (digest, paths) in block)
        {
            foreach (var path in paths.Where(present.Contains))
            {
                var claims = _claims.TryGetValue(path, out var known) ? known : _claims[path] = [];
                claims.Add(new Claim(algorithm, digest, code, inventory));
            }
        }
    }

    private async Task CheckAsync(string path, List<Claim> claims, CancellationToken cancellationToken)
    {
        DigestedContent read;
        try
        {
            await using var file = new FileStream(PosixFile.OpenRegular(Path.Combine(objectFolder, path)), FileAccess.Read, bufferSize: 0);
            read = await StreamDigests.ReadAsync(file, [.. claims.Select(claim => claim.Algorithm).Distinct()], null, long.MaxValue, cancellationToken);
        }
        catch (IOException problem)
        {
            findings.Add(problem.Message.Contains("not a regular file", StringComparison.Ordinal) ? "E089" : "E092", path, $"the file {problem.Message}");
            return;
        }

        Interlocked.Add(ref _lengthReadInBytes, read.LengthInBytes);
        foreach (var claim in claims.Where(claim => !read.Digests[claim.Algorithm].Equals(claim.Digest, StringComparison.OrdinalIgnoreCase)))
        {
            findings.Add(claim.Code, path, $"the {claim.Algorithm} digest is {read.Digests[claim.Algorithm]}, {claim.Inventory} says {InventoryJson.Shown(claim.Digest)}");
        }
    }

    private sealed record Claim(string Algorithm, string Digest, string Code, string Inventory);
}
