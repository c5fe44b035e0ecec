using System.Globalization;
using System.Text;

namespace Preserve.Catalog.Bags;

/// <summary>
/// Validates a bag by the rules of the version it declares. Reads only, follows no link, opens regular files alone, and never fetches
/// what <c>fetch.txt</c> names: a bag that still misses such a file is not complete.
/// </summary>
public sealed class BagValidator
{
    private const string PayloadFolder = "data";
    private const string FetchFile = "fetch.txt";

    private readonly IBagFiles _source;
    private readonly List<BagFinding> _findings = [];
    private IReadOnlyDictionary<string, long> _files = new Dictionary<string, long>();

    private BagValidator(IBagFiles source) => _source = source;

    /// <param name="folder">The bag.</param>
    /// <param name="cancellationToken">Stops between two pieces of a file.</param>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    public static Task<BagReport> ValidateAsync(string folder, CancellationToken cancellationToken) => ValidateAsync(new BagFolder(folder), cancellationToken);

    /// <summary>The same for a bag whose files lie elsewhere.</summary>
    internal static async Task<BagReport> ValidateAsync(IBagFiles source, CancellationToken cancellationToken)
    {
        var validator = new BagValidator(source);
        var version = await validator.ValidateAsync(cancellationToken);
        var payload = validator._files.Where(file => IsPayload(file.Key)).ToList();
        return new BagReport(version, payload.Count, payload.Sum(file => file.Value), validator._findings);
    }

    private static bool IsPayload(string path) => path.StartsWith($"{PayloadFolder}/", StringComparison.Ordinal);

    private async Task<Version?> ValidateAsync(CancellationToken cancellationToken)
    {
        if (BagDeclaration.Read(_source, _findings.Add) is not { } declared)
        {
            return null;
        }

        _files = _source.List(_findings.Add);
        if (!_source.HasPayloadFolder)
        {
            Error(PayloadFolder, "is missing");
        }

        var manifests = ReadManifests(declared.Rules, declared.Encoding);
        CheckComplete(manifests, declared.Rules, declared.Encoding);
        CheckInfo(declared.Rules, declared.Encoding);
        await CheckDigestsAsync(manifests, cancellationToken);
        return declared.Rules.Version;
    }

    private void Error(string path, string text) => _findings.Add(new BagFinding(true, path, text));

    private List<BagManifest> ReadManifests(BagRules rules, Encoding encoding)
    {
        var manifests = _files.Keys.Where(name => !name.Contains('/')).Select(BagManifest.FromName).OfType<BagManifest>()
            .Select(one => one.Algorithm is { } algorithm && !_source.Computes(algorithm) ? one with { Algorithm = null } : one).OrderBy(one => one.Name, StringComparer.Ordinal).ToList();
        foreach (var manifest in manifests)
        {
            try
            {
                manifest.Read(TagFile.ReadLines(_source.ReadTagFile(manifest.Name), encoding), rules, _findings.Add);
            }
            catch (IOException problem)
            {
                Error(manifest.Name, problem.Message);
            }

            if (manifest.Algorithm is null)
            {
                _findings.Add(new BagFinding(false, manifest.Name, "is of a digest algorithm that cannot be computed here"));
            }
        }

        if (!manifests.Any(one => !one.IsOfTags))
        {
            Error(".", "there is no payload manifest");
        }
        else if (!manifests.Any(one => one is { IsOfTags: false, Algorithm: not null }))
        {
            Error(".", "there is no payload manifest whose digests can be computed");
        }

        return manifests;
    }

    private void CheckComplete(List<BagManifest> manifests, BagRules rules, Encoding encoding)
    {
        var ofPayload = manifests.Where(one => !one.IsOfTags).ToList();
        var payload = _files.Keys.Where(IsPayload).Concat(ReadFetch(rules, encoding)).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var path in payload)
        {
            var without = ofPayload.Where(one => !one.Entries.ContainsKey(path)).ToList();
            if (without.Count == ofPayload.Count || (rules.EveryManifestListsAll && without.Count > 0))
            {
                Error(path, $"is not listed in {string.Join(", ", without.Select(one => one.Name))}");
            }
        }

        foreach (var manifest in manifests)
        {
            foreach (var path in manifest.Entries.Keys.Where(path => !_files.ContainsKey(path)))
            {
                Error(path, $"is listed in {manifest.Name}, but is missing");
            }
        }

        foreach (var tags in manifests.Where(one => one.IsOfTags))
        {
            CheckTagManifest(tags, ofPayload, rules);
        }
    }

    private void CheckTagManifest(BagManifest tags, List<BagManifest> ofPayload, BagRules rules)
    {
        foreach (var listed in tags.Entries.Keys.Where(path => BagManifest.FromName(path) is { IsOfTags: true }))
        {
            Error(tags.Name, $"lists the tag manifest {listed}");
        }

        foreach (var missing in ofPayload.Where(one => rules.TagManifestsListPayloadManifests && !tags.Entries.ContainsKey(one.Name)))
        {
            Error(tags.Name, $"does not list {missing.Name}");
        }
    }

    // URL, length or "-", path (section 2.2.3).
    private List<string> ReadFetch(BagRules rules, Encoding encoding)
    {
        var paths = new List<string>();
        if (!_files.ContainsKey(FetchFile))
        {
            return paths;
        }

        try
        {
            foreach (var line in TagFile.ReadLines(_source.ReadTagFile(FetchFile), encoding).Where(line => line.Length > 0))
            {
                var parts = line.Split((char[]?)[' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                var path = parts.Length == 3 ? BagPath.Decode(parts[2], rules) : "";
                if (!BagPath.IsInside(path) || !IsPayload(path))
                {
                    Error(FetchFile, "has a line that is not a URL, a length and a path in data/");
                    continue;
                }

                paths.Add(path);
            }
        }
        catch (IOException problem)
        {
            Error(FetchFile, problem.Message);
        }

        return paths;
    }

    private void CheckInfo(BagRules rules, Encoding encoding)
    {
        if (!_files.ContainsKey(rules.InfoFile))
        {
            return;
        }

        try
        {
            const string Label = "Payload-Oxum:";
            foreach (var line in TagFile.ReadLines(_source.ReadTagFile(rules.InfoFile), encoding).Where(line => line.StartsWith(Label, StringComparison.OrdinalIgnoreCase)))
            {
                var payload = _files.Where(file => IsPayload(file.Key)).ToList();
                var found = string.Create(CultureInfo.InvariantCulture, $"{payload.Sum(file => file.Value)}.{payload.Count}");
                if (line[Label.Length..].Trim() != found)
                {
                    Error(rules.InfoFile, $"says Payload-Oxum {line[Label.Length..].Trim()}, the payload has {found}");
                }
            }
        }
        catch (IOException problem)
        {
            Error(rules.InfoFile, problem.Message);
        }
    }

    private async Task CheckDigestsAsync(List<BagManifest> manifests, CancellationToken cancellationToken)
    {
        var byPath = manifests.Where(one => one.Algorithm is not null)
            .SelectMany(one => one.Entries.Select(entry => (one.Name, Algorithm: one.Algorithm!, Path: entry.Key, Digest: entry.Value)))
            .Where(claim => _files.ContainsKey(claim.Path))
            .ToLookup(claim => claim.Path);
        foreach (var claims in byPath)
        {
            IReadOnlyDictionary<string, string> digests;
            try
            {
                digests = await _source.DigestAsync(claims.Key, [.. claims.Select(claim => claim.Algorithm).Distinct()], cancellationToken);
            }
            catch (IOException problem)
            {
                Error(claims.Key, problem.Message);
                continue;
            }

            foreach (var claim in claims.Where(claim => digests[claim.Algorithm] != claim.Digest))
            {
                Error(claims.Key, $"has the {claim.Algorithm} digest {digests[claim.Algorithm]}, {claim.Name} says {claim.Digest}");
            }
        }
    }
}
