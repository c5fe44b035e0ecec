namespace Preserve.Catalog.Ocfl.Validation;

/// <summary>One thing that is not as the specification says.</summary>
/// <param name="Code">Of the specification: <c>E</c> and three digits for what must, <c>W</c> and three digits for what should be otherwise.</param>
/// <param name="Path">Below what was validated; <c>.</c> for itself.</param>
/// <param name="Text">What is wrong, in words.</param>
public sealed record OcflFinding(string Code, string Path, string Text)
{
    public bool IsError => Code[0] == 'E';
}

/// <summary>Collects findings. Safe for concurrent use. What is past the bound is counted and not kept.</summary>
public sealed class OcflFindings
{
    /// <summary>Most findings that are kept.</summary>
    public const int MaximumKept = 10_000;

    private readonly Lock _turn = new();
    private readonly List<OcflFinding> _kept = [];

    /// <summary>In the order in which they were found.</summary>
    public IReadOnlyList<OcflFinding> Kept
    {
        get
        {
            lock (_turn)
            {
                return [.. _kept];
            }
        }
    }

    /// <summary>How many were found beyond <see cref="MaximumKept"/>.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Whether an error was found, kept or not.</summary>
    public bool HasErrors { get; private set; }

    public void Add(string code, string path, string text) => Add(new OcflFinding(code, path, text));

    /// <summary>Takes over all of another's, with their paths below <paramref name="path"/>.</summary>
    public void AddAll(OcflFindings others, string path)
    {
        foreach (var finding in others.Kept)
        {
            Add(finding with { Path = finding.Path == "." ? path : $"{path}/{finding.Path}" });
        }

        lock (_turn)
        {
            LeftOut += others.LeftOut;
            HasErrors |= others.HasErrors;
        }
    }

    public void Add(OcflFinding finding)
    {
        lock (_turn)
        {
            HasErrors |= finding.IsError;
            if (_kept.Count < MaximumKept)
            {
                _kept.Add(finding);
            }
            else
            {
                LeftOut++;
            }
        }
    }
}
