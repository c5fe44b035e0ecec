using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Preserve.Regression.Verdicts;

/// <summary>Tells equal differences of different environments, so that a hundred failures with one cause are one row.</summary>
public static class DifferenceKey
{
    /// <summary>Sixteen hexadecimal digits, the same for the same way of failing: finding, outcome, sizes, and every area with its pixels.</summary>
    public static string Of(CheckResult check)
    {
        var difference = check.Boot.Comparison;
        var words = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{check.Finding};{check.Boot.Outcome};{check.ScenarioProblem};{difference?.Sizes}");
        foreach (var area in difference?.Areas ?? [])
        {
            words.Append(CultureInfo.InvariantCulture, $";{area.Area.X},{area.Area.Y},{area.Area.Width},{area.Area.Height},{area.Pixels}");
        }

        return XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(words.ToString())).ToString("x16", CultureInfo.InvariantCulture);
    }
}
