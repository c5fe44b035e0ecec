using System.Text.Json;
using System.Text.RegularExpressions;
using Preserve.Regression.Pictures;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Baselines;

/// <summary>Keeps baselines: a folder for each environment, <c>baseline.json</c> and a PNG for each accepted screen, to be read and taken along by anybody.</summary>
public sealed partial class BaselineFolder(string root)
{
    /// <summary>Where they lie in a data folder.</summary>
    public const string Name = "baselines";

    private const string DocumentName = "baseline.json";
    private const long LongestDocumentInBytes = 4 << 20;

    /// <summary>The baseline of an environment; null when it has none yet.</summary>
    /// <exception cref="BaselineException">It is there and cannot be read: a picture is missing or no picture, the JSON is damaged.</exception>
    public async Task<Baseline?> FindAsync(string environmentId, CancellationToken cancellationToken)
    {
        var folder = Of(environmentId);
        var file = Path.Combine(folder, DocumentName);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            Require(new FileInfo(file).Length <= LongestDocumentInBytes, $"{file} is longer than a baseline can be.");
            var document = JsonSerializer.Deserialize<BaselineDocument>(await File.ReadAllBytesAsync(file, cancellationToken), BaselineDocument.Options)
                ?? throw new InvalidDataException("It is empty.");
            Require(document.Format == BaselineDocument.CurrentFormat, $"Its format is '{document.Format}', not {BaselineDocument.CurrentFormat}.");
            Require(document.Screens.Count is > 0 and <= Baseline.MaximumScreens, $"It has {document.Screens.Count} screens; 1 to {Baseline.MaximumScreens} are accepted.");
            var pictures = new List<Picture>();
            foreach (var screen in document.Screens)
            {
                pictures.Add(await ReadPictureAsync(folder, screen.Picture, cancellationToken));
            }

            return document.ToBaseline(pictures);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException)
        {
            throw new BaselineException(
                $"The baseline of {environmentId} cannot be used: {e.Message} Restore {folder} from a copy, or delete it and learn it anew.", e);
        }
    }

    /// <summary>Writes or replaces a baseline. Pictures first, so that a document never names one that is not there.</summary>
    public async Task SaveAsync(Baseline baseline, CancellationToken cancellationToken)
    {
        var folder = Of(baseline.EnvironmentId);
        Directory.CreateDirectory(folder);
        var document = BaselineDocument.Of(baseline);
        foreach (var (screen, file) in baseline.Screens.Zip(document.Screens, (screen, entry) => (screen, entry.Picture)))
        {
            await ReplaceAsync(Path.Combine(folder, file), PictureFile.Encode(screen.Picture), cancellationToken);
        }

        await ReplaceAsync(
            Path.Combine(folder, DocumentName), JsonSerializer.SerializeToUtf8Bytes(document, BaselineDocument.Options), cancellationToken);
    }

    /// <summary>Forgets a baseline. No error when there is none.</summary>
    public void Delete(string environmentId)
    {
        if (Directory.Exists(Of(environmentId)))
        {
            Directory.Delete(Of(environmentId), recursive: true);
        }
    }

    /// <summary>An accepted screen's picture as a file; null when there is none by that name.</summary>
    /// <param name="environmentId">Environment.</param>
    /// <param name="name">Such as <c>screen-0.png</c>.</param>
    public string? FindPicture(string environmentId, string name)
    {
        var path = NamePattern().IsMatch(environmentId) && PicturePattern().IsMatch(name) ? Path.Combine(root, environmentId, name) : null;
        return path is not null && File.Exists(path) ? path : null;
    }

    private string Of(string environmentId) => NamePattern().IsMatch(environmentId)
        ? Path.Combine(root, environmentId)
        : throw new ArgumentException($"'{environmentId}' is no environment's name.", nameof(environmentId));

    private static async Task<Picture> ReadPictureAsync(string folder, string name, CancellationToken cancellationToken)
    {
        Require(PicturePattern().IsMatch(name), $"'{name}' is no name of a picture.");
        var file = new FileInfo(Path.Combine(folder, name));
        Require(file.Exists, $"The picture {name} is missing.");
        Require(file.Length <= PictureFile.MaximumLengthInBytes, $"The picture {name} is longer than one can be.");
        return PictureFile.Decode(await File.ReadAllBytesAsync(file.FullName, cancellationToken))
            ?? throw new InvalidDataException($"{name} is no PNG picture, or is damaged.");
    }

    private static async Task ReplaceAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(path + ".new", content, cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }

    private static void Require(bool isMet, string otherwise)
    {
        if (!isMet)
        {
            throw new InvalidDataException(otherwise);
        }
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^screen-[0-9]{1,2}\.png\z")]
    private static partial Regex PicturePattern();
}

/// <summary>A baseline is there but cannot be used.</summary>
public sealed class BaselineException(string message, Exception? inner = null) : Exception(message, inner);
