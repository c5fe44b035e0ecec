using System.Globalization;
using System.Text.RegularExpressions;
using Preserve.Emulation.Input;

namespace Preserve.Regression.Scenarios;

/// <summary>Reads a scenario: a step a line, empty lines and lines after <c>#</c> left out. All errors are told, each with its line.</summary>
public sealed partial class ScenarioParser
{
    /// <summary>Longest file, in characters.</summary>
    public const int LongestFile = 100_000;

    /// <summary>Most steps.</summary>
    public const int MostSteps = 1_000;

    private const int LongestWait = 600;

    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(60);

    private readonly List<ScenarioStep> _steps = [];
    private readonly List<string> _problems = [];
    private int _line;

    private ScenarioParser()
    {
    }

    /// <summary>The scenario, or every problem as <c>line N: ...</c>.</summary>
    public static (Scenario? Scenario, IReadOnlyList<string> Problems) Parse(string text)
    {
        if (text.Length > LongestFile)
        {
            return (null, [$"The scenario has {text.Length} characters; {LongestFile} are taken."]);
        }

        var parser = new ScenarioParser();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            parser._line++;
            parser.ReadLine(line.Trim());
        }

        parser.CheckWhole();
        return parser._problems.Count > 0 ? (null, parser._problems) : (new Scenario(parser._steps), []);
    }

    private void ReadLine(string line)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        var words = new List<string>();
        var at = 0;
        while (at < line.Length)
        {
            var word = WordPattern().Match(line, at);
            if (!word.Success)
            {
                Problem($"a quotation mark that is never closed, or an escape other than \\n, \\t, \\\" and \\\\, in: {line[at..]}");
                return;
            }

            words.Add(word.Groups["quoted"].Success ? Unescape(word.Groups["quoted"].Value) : word.Groups["plain"].Value);
            at = word.Index + word.Length;
        }

        if (Step(words) is { } step)
        {
            _steps.Add(step);
        }
    }

    private ScenarioStep? Step(List<string> words) => words switch
    {
        ["wait", "settle", .. var within] => Within(within) is { } time ? new WaitToSettleStep(_line, time) : null,
        ["wait", "text", { Length: > 0 } text, .. var within] => Within(within) is { } time ? new WaitForTextStep(_line, text, time) : null,
        ["wait", "screen", var name, .. var within] => Name(name) && Within(within) is { } time ? new WaitForScreenStep(_line, name, time) : null,
        ["wait", ..] => Refuse("'wait' takes settle, text \"WORDS\" or screen CHECKPOINT, and perhaps a time such as '20 s'"),
        ["type", { Length: > 0 and <= TypingPlan.LongestText } text] => new TypeStep(_line, text),
        ["type", ..] => Refuse($"'type' takes one text in quotation marks, of 1 to {TypingPlan.LongestText} characters"),
        ["press", var chord] => KeyNames.Chord(chord) is { } keys ? new PressStep(_line, keys) : Refuse($"'{chord}' is no key or chord, such as enter, f1 or ctrl+alt+delete"),
        ["press", ..] => Refuse("'press' takes one key or chord, such as enter or ctrl+c"),
        ["move" or "drag", "to" or "by", var x, var y] => Number(x) is { } right && Number(y) is { } down
            ? new MoveStep(_line, words[1] == "by", right, down, words[0] == "drag")
            : Refuse($"'{x} {y}' are no numbers of pixels, -8192 to 8192"),
        ["move" or "drag", ..] => Refuse($"'{words[0]}' takes 'to X Y' for a tablet or 'by X Y' for a mouse"),
        ["click"] or ["click", "left"] => new ClickStep(_line, PointerButtons.Left),
        ["click", "middle"] => new ClickStep(_line, PointerButtons.Middle),
        ["click", "right"] => new ClickStep(_line, PointerButtons.Right),
        ["click", ..] => Refuse("'click' takes left, middle or right, or nothing for left"),
        ["insert", var bay, { Length: > 0 } medium] => new SwapStep(_line, bay, medium),
        ["eject", var bay] => new SwapStep(_line, bay, null),
        ["insert" or "eject", ..] => Refuse("expected: insert BAY \"LABEL OR DIGEST\", or: eject BAY"),
        ["checkpoint", var name] => Name(name) ? new CheckpointStep(_line, name) : null,
        ["checkpoint", ..] => Refuse("'checkpoint' takes one name"),
        [var other, ..] => Refuse($"'{other}' is no step: expected wait, type, press, move, drag, click, insert, eject or checkpoint"),
        _ => null,
    };

    private void CheckWhole()
    {
        var names = new HashSet<string>();
        foreach (var step in _steps.OfType<CheckpointStep>().Where(step => !names.Add(step.Name)))
        {
            _problems.Add($"line {step.Line}: there is a checkpoint '{step.Name}' already");
        }

        foreach (var step in _steps.OfType<WaitForScreenStep>().Where(step => !names.Contains(step.Checkpoint)))
        {
            _problems.Add($"line {step.Line}: no checkpoint is called '{step.Checkpoint}'");
        }

        if (_problems.Count == 0 && names.Count == 0)
        {
            _problems.Add($"line {_line}: there is no checkpoint, so nothing would be compared");
        }

        if (_steps.Count > MostSteps)
        {
            _problems.Add($"line {_steps[MostSteps].Line}: more than {MostSteps} steps");
        }
    }

    private TimeSpan? Within(List<string> words)
    {
        if (words.Count == 0)
        {
            return s_wait;
        }

        if (words is [var number, "s"] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= LongestWait)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Problem($"'{string.Join(' ', words)}' is no time: expected 1 s to {LongestWait} s");
        return null;
    }

    private bool Name(string name)
    {
        if (NamePattern().IsMatch(name))
        {
            return true;
        }

        Problem($"'{name}' is no name of a checkpoint: 1 to 32 of a-z, 0-9 and hyphen");
        return false;
    }

    private ScenarioStep? Refuse(string problem)
    {
        Problem(problem);
        return null;
    }

    private void Problem(string problem) => _problems.Add($"line {_line}: {problem}");

    private static int? Number(string word) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= -8192 and <= 8192 ? number : null;

    private static string Unescape(string quoted) => EscapePattern().Replace(quoted, escape => escape.Value[1] switch { 'n' => "\n", 't' => "\t", var other => other.ToString() });

    /// <summary>A text in quotation marks, or a word, and the space after it.</summary>
    [GeneratedRegex("""\G(?:"(?<quoted>(?:[^"\\]|\\[nt"\\])*)"|(?<plain>[^\s"]+))(?:\s+|$)""")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"\\.")]
    private static partial Regex EscapePattern();

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex NamePattern();
}
