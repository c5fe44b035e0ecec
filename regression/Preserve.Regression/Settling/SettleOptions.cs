namespace Preserve.Regression.Settling;

/// <summary>When a screen counts as settled.</summary>
public sealed record SettleOptions
{
    /// <summary>
    /// How long no picture may appear that was not there recently. Default 3 s. Longer than any cursor takes to blink, or the
    /// pictures found depend on chance; longer than the source's longest pause between pictures, too.
    /// </summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The same for a screen of one colour, which is mostly a machine that has not got far yet. Default 30 s.</summary>
    public TimeSpan BlankQuiet { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait, from the first picture or from the end of the last settled screen, before giving up. Default 2 min.</summary>
    public TimeSpan Maximum { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many pictures may take turns on a settled screen, 1 to 64. Default 8; more than that is an animation.</summary>
    public int MaximumPictures { get; init; } = 8;

    /// <summary>Share of the quiet time, 0 to 1, that a picture must have been shown to represent the screen. Default 0.2.</summary>
    public double MinimumShare { get; init; } = 0.2;

    /// <exception cref="ArgumentException">Names every value that is out of its range.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        Require(Quiet > TimeSpan.Zero, $"{nameof(Quiet)} is {Quiet}; it must be longer than zero.");
        Require(BlankQuiet >= Quiet, $"{nameof(BlankQuiet)} is {BlankQuiet}; it must not be shorter than {nameof(Quiet)}.");
        Require(Maximum > Quiet, $"{nameof(Maximum)} is {Maximum}; it must be longer than {nameof(Quiet)}.");
        Require(MaximumPictures is >= 1 and <= 64, $"{nameof(MaximumPictures)} is {MaximumPictures}; it is 1 to 64.");
        Require(MinimumShare is >= 0 and <= 1, $"{nameof(MinimumShare)} is {MinimumShare}; it is 0 to 1.");
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', problems));
        }

        void Require(bool isMet, string otherwise)
        {
            if (!isMet)
            {
                problems.Add(otherwise);
            }
        }
    }
}
