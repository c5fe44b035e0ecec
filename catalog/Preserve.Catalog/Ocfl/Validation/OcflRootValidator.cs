using Preserve.Catalog.Ocfl.Layouts;

namespace Preserve.Catalog.Ocfl.Validation;

/// <summary>Validates a storage root (OCFL section 4) and every object in it, one after the other.</summary>
public sealed class OcflRootValidator
{
    private const int MaximumDepth = 64;

    private readonly string _root;
    private readonly OcflFindings _findings = new();
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly List<int> _depths = [];
    private StorageLayout? _layout;
    private OcflRelease? _release;
    private long _lengthReadInBytes;

    private OcflRootValidator(string root) => _root = root;

    /// <param name="folder">The storage root.</param>
    /// <param name="progress">Told the path of each object before it is read; null when nobody looks.</param>
    /// <param name="cancellationToken">Stops between two pieces of a file.</param>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    public static async Task<OcflRootReport> ValidateAsync(string folder, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var validator = new OcflRootValidator(folder);
        await validator.ValidateAsync(progress, cancellationToken);
        return new OcflRootReport(validator._release, validator._depths.Count, validator._lengthReadInBytes, validator._findings);
    }

    private async Task ValidateAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var listing = ListedFolder.Read(_root);
        if (!listing.Files.Any(Declaration.IsCandidate))
        {
            _findings.Add("E069", ".", "there is no declaration of a storage root");
        }

        _release = Declaration.OfRoot.Check(_root, listing, _findings, ".");
        _layout = new LayoutFile(_root, _findings).Read();
        foreach (var link in listing.Links)
        {
            _findings.Add("E090", link, "is a symbolic link");
        }

        if (listing.Folders.Contains("extensions"))
        {
            // Release 1.0 measures the root's extensions by the rules of the objects' (E086, W013).
            var isOld = _release == OcflRelease.OneZero;
            RegisteredExtensions.Check(Path.Combine(_root, "extensions"), "extensions", isOld ? "E086" : "E112", isOld ? "W013" : "W016", _findings);
        }

        foreach (var folder in listing.Folders.Where(name => name != "extensions"))
        {
            await WalkAsync(folder, 1, progress, cancellationToken);
        }

        CheckDepths();
    }

    private async Task WalkAsync(string path, int depth, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var listing = ListedFolder.Read(Path.Combine(_root, path));
        if (listing.Files.Any(Declaration.IsCandidate))
        {
            await ValidateObjectAsync(path, depth, progress, cancellationToken);
            return;
        }

        CheckIntermediate(path, listing);
        if (depth == MaximumDepth)
        {
            _findings.Add("E085", path, $"is nested deeper than {MaximumDepth} folders and was not looked into");
            return;
        }

        foreach (var folder in listing.Folders)
        {
            await WalkAsync($"{path}/{folder}", depth + 1, progress, cancellationToken);
        }
    }

    private void CheckIntermediate(string path, ListedFolder listing)
    {
        foreach (var file in listing.Files)
        {
            _findings.Add("E072", $"{path}/{file}", "is a file that is not part of an object");
            _findings.Add("E084", $"{path}/{file}", "is a file within an intermediate directory");
        }

        foreach (var link in listing.Links)
        {
            _findings.Add("E090", $"{path}/{link}", "is a symbolic link");
        }

        if (listing.IsEmpty)
        {
            _findings.Add("E073", path, "is an empty directory");
        }
        else if (listing.Folders.Count == 0)
        {
            _findings.Add("E085", path, "ends a hierarchy, but is not an object");
            _findings.Add("E088", path, "is neither part of a hierarchy of objects nor an extension");
        }
    }

    private async Task ValidateObjectAsync(string path, int depth, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(path);
        _depths.Add(depth);
        var report = await OcflObjectValidator.ValidateAsync(Path.Combine(_root, path), cancellationToken);
        _lengthReadInBytes += report.LengthReadInBytes;
        _findings.AddAll(report.Findings, path);
        if (report.Release > _release)
        {
            _findings.Add("E081", path, $"conforms to OCFL {report.Release.Value.Number()}, the storage root to {_release!.Value.Number()}");
        }

        if (report.Id.Length == 0)
        {
            return;
        }

        if (!_paths.TryAdd(report.Id, path))
        {
            _findings.Add("E037", path, $"has the id '{report.Id}', as the object at {_paths[report.Id]} has");
        }

        if (_layout is not null && _layout.PathOf(report.Id) is var expected && expected != path)
        {
            _findings.Add("E083", path, $"by the layout of the storage root the object '{report.Id}' lies at {expected}");
        }
    }

    private void CheckDepths()
    {
        if (_depths.Contains(1) && _depths.Any(depth => depth > 1))
        {
            _findings.Add("W015", ".", "some objects lie directly in the storage root and some in a hierarchy");
        }

        if (_layout is null && _depths.Distinct().Count() > 1)
        {
            _findings.Add("W014", ".", "objects lie at different depths, so there is more than one layout");
        }
    }
}

/// <summary>What validation found out about a storage root.</summary>
/// <param name="Release">What it declares; null when it declares nothing that is known.</param>
/// <param name="Objects">How many objects it has.</param>
/// <param name="LengthReadInBytes">Of the content that was digested.</param>
/// <param name="Findings">Everything that is wrong.</param>
public sealed record OcflRootReport(OcflRelease? Release, int Objects, long LengthReadInBytes, OcflFindings Findings);
