using System.Globalization;

namespace Preserve.Workers.Benchmarks.Capture;

/// <summary>One line of a script.</summary>
/// <param name="Word"><c>section</c>, <c>wait</c>, <c>type</c>, <c>enter</c>, <c>move</c> or <c>button</c>.</param>
/// <param name="Text">What follows it.</param>
internal sealed record CaptureStep(string Word, string Text)
{
    /// <summary>The numbers that follow the word.</summary>
    public int[] Numbers => [.. Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
}

/// <summary>
/// What to do with a machine while it is captured, one step a line: <c>section NAME</c> begins a section, <c>wait MILLISECONDS</c>,
/// <c>type TEXT</c> (small letters, digits, space, full stop), <c>enter</c>, <c>move RIGHT DOWN TIMES</c> (mouse counts, every 30 ms),
/// <c>button 1</c> or <c>button 0</c>. Empty lines and lines with # are passed over.
/// </summary>
internal static class CaptureScript
{
    private static readonly Dictionary<string, int> Numbers = new() { ["section"] = -1, ["wait"] = 1, ["type"] = -1, ["enter"] = 0, ["move"] = 3, ["button"] = 1 };

    /// <exception cref="FormatException">A line is no step; the message names it.</exception>
    public static IReadOnlyList<CaptureStep> Read(string path)
    {
        var steps = new List<CaptureStep>();
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var parts = line.Split(' ', 2);
            var step = new CaptureStep(parts[0], parts.Length > 1 ? parts[1] : "");
            steps.Add(IsStep(step) ? step : throw new FormatException($"No step: {line}"));
        }

        return steps;
    }

    private static bool IsStep(CaptureStep step) =>
        Numbers.TryGetValue(step.Word, out var count)
        && (count < 0
            ? step.Text.Length > 0
            : step.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var words
                && words.Length == count && words.All(word => int.TryParse(word, CultureInfo.InvariantCulture, out _)));
}
