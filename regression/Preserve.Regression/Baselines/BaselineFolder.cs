using System.Text.Json;
using System.Text.RegularExpressions;
using Preserve.Regression.Pictures;
using Preserve.Regression.Scenarios;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Baselines;

/// <summary>Keeps baselines: a folder for each environment, <c>baseline.json</c> and a PNG for each accepted screen, to be read and taken along by anybody.</summary>
public sealed partial class BaselineFolder(string root)
{
    /// <summary>Where they lie in a data folder.</summary>
    public const string Name = "baselines";

    /// <summary>A scenario beside the baseline, written by people.</summary>
    public const string ScenarioName = "scenario.txt";

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
            var screens = document.Checkpoints.Values.SelectMany(screens => screens).Concat(document.Screens).ToList();
            Require(document.Checkpoints.Values.All(list => list.Count is > 0 and <= Baseline.MaximumScreens), $"A checkpoint has no screens, or more than {Baseline.MaximumScreens}.");
            var pictures = new Dictionary<string, Picture>();
            foreach (var name in screens.Select(screen => screen.Picture).Distinct())
            {
                pictures[name] = await ReadPictureAsync(folder, name, cancellationToken);
            }

            return document.ToBaseline(pictures) with { Scenario = await ReadScenarioAsync(folder, cancellationToken) };
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
        var screens = baseline.Screens.Zip(document.Screens)
            .Concat(baseline.Checkpoints.SelectMany(entry => entry.Value.Zip(document.Checkpoints[entry.Key])));
        foreach (var (screen, file) in screens.Select(pair => (pair.First, pair.Second.Picture)))
        {
            await ReplaceAsync(Path.Combine(folder, file), PictureFile.Encode(screen.Picture), cancellationToken);
        }

        await ReplaceAsync(
            Path.Combine(folder, DocumentName), JsonSerializer.SerializeToUtf8Bytes(document, BaselineDocument.Options), cancellationToken);
    }

    /// <summary>The text of a scenario as it was written, with its errors if it has any; empty where there is none.</summary>
    public async Task<string> ReadScenarioTextAsync(string environmentId, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(Of(environmentId), ScenarioName));
        return file.Exists && file.Length <= 4 * ScenarioParser.LongestFile ? await File.ReadAllTextAsync(file.FullName, cancellationToken) : "";
    }

    /// <summary>Writes a scenario, or removes it where the text is empty. Every problem with it, in words; empty when it was written.</summary>
    public async Task<IReadOnlyList<string>> SaveScenarioAsync(string environmentId, string text, CancellationToken cancellationToken)
    {
        var folder = Of(environmentId);
        if (string.IsNullOrWhiteSpace(text))
        {
            File.Delete(Path.Combine(folder, ScenarioName));
            return [];
        }

        var (scenario, problems) = ScenarioParser.Parse(text);
        if (scenario is not null)
        {
            Directory.CreateDirectory(folder);
            await ReplaceAsync(Path.Combine(folder, ScenarioName), System.Text.Encoding.UTF8.GetBytes(text), cancellationToken);
        }

        return problems;
    }

    /// <summary>Forgets a baseline; a scenario stays. No error when there is none.</summary>
    public void Delete(string environmentId)
    {
        var folder = Of(environmentId);
        if (!Directory.Exists(folder))
        {
            return;
        }

        // The document first: without it there is no baseline, whatever pictures are left.
        File.Delete(Path.Combine(folder, DocumentName));
        foreach (var picture in Directory.EnumerateFiles(folder, "*.png"))
        {
            File.Delete(picture);
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

    /// <summary>Null where there is no file.</summary>
    private static async Task<Scenario?> ReadScenarioAsync(string folder, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(folder, ScenarioName));
        if (!file.Exists)
        {
            return null;
        }

        Require(file.Length <= 4 * ScenarioParser.LongestFile, $"{ScenarioName} is longer than a scenario can be.");
        var (scenario, problems) = ScenarioParser.Parse(await File.ReadAllTextAsync(file.FullName, cancellationToken));
        return scenario ?? throw new BaselineException($"The scenario of {Path.GetFileName(folder)} has errors; correct {ScenarioName} beside its baseline. {string.Join(". ", problems)}.");
    }

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

    [GeneratedRegex(@"^(screen|checkpoint-[a-z0-9-]{1,32})-[0-9]{1,2}\.png\z")]
    private static partial Regex PicturePattern();
}

/// <summary>A baseline is there but cannot be used.</summary>
public sealed class BaselineException(string message, Exception? inner = null) : Exception(message, inner);
