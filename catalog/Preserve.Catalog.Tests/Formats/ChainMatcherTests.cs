using System.Text;
using System.Text.RegularExpressions;
using Preserve.Catalog.Formats.Patterns;

namespace Preserve.Catalog.Tests.Formats;

public sealed class ChainMatcherTests
{
    [Theory]
    [InlineData(0, 0, "abc", true)]
    [InlineData(0, 0, "xabc", false)]
    [InlineData(1, 1, "xabc", true)]
    [InlineData(0, 3, "xxxabc", true)]
    [InlineData(0, 2, "xxxabc", false)]
    [InlineData(2, 5, "abcxabc", true)]
    [InlineData(0, null, "xxxxxxxxxabc", true)]
    public void The_beginning_is_the_anchor(int minimum, int? maximum, string text, bool isMatch) =>
        Assert.Equal(isMatch, ChainMatcher.IsMatch(Chains.FromBeginning("'abc'", minimum, maximum), Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData(0, 0, "abc", true)]
    [InlineData(0, 0, "abcx", false)]
    [InlineData(1, 1, "abcx", true)]
    [InlineData(0, 3, "abcxxx", true)]
    [InlineData(0, 2, "abcxxx", false)]
    [InlineData(0, null, "abcxxxxxxxxxx", true)]
    public void The_end_is_the_anchor(int minimum, int? maximum, string text, bool isMatch) =>
        Assert.Equal(isMatch, ChainMatcher.IsMatch(Chains.FromEnd("'abc'", minimum, maximum), Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_later_match_is_taken_where_the_first_leads_nowhere() =>
        Assert.True(ChainMatcher.IsMatch(Chains.FromBeginning("'a'{0-3}'b'{1}'c'", 0, 10), "abxabxxbxc"u8));

    [Fact]
    public void What_has_no_place_is_not_looked_for_beyond_the_scan_length()
    {
        var bytes = new byte[ChainMatcher.ScanLengthInBytes * 2];
        "here"u8.CopyTo(bytes.AsSpan(ChainMatcher.ScanLengthInBytes + 1));
        Assert.False(ChainMatcher.IsMatch(Chains.FromBeginning("'here'", 0, null), bytes));
        "here"u8.CopyTo(bytes.AsSpan(ChainMatcher.ScanLengthInBytes));
        Assert.True(ChainMatcher.IsMatch(Chains.FromBeginning("'here'", 0, null), bytes));
    }

    [Fact]
    public void Chains_agree_with_regular_expressions_on_random_text_from_both_ends()
    {
        var random = new Random(7);
        var seen = new bool[2];
        for (var round = 0; round < 4000; round++)
        {
            var (pattern, expression) = RandomPattern(random);
            var text = new string([.. Enumerable.Range(0, random.Next(1, 24)).Select(_ => "ab"[random.Next(2)])]);
            var bytes = Encoding.ASCII.GetBytes(text);
            var fromBeginning = Regex.IsMatch(text, $"^.{{0,2}}{expression}");
            seen[fromBeginning ? 1 : 0] = true;
            Assert.True(fromBeginning == ChainMatcher.IsMatch(Chains.FromBeginning(pattern, 0, 2), bytes), $"{pattern} in {text}");
            Assert.True(Regex.IsMatch(text, $"{expression}.{{0,2}}$") == ChainMatcher.IsMatch(Chains.FromEnd(pattern, 0, 2), bytes), $"{pattern} at the end of {text}");
        }

        Assert.All(seen, Assert.True);
    }

    [Fact]
    public void A_pattern_made_to_try_everything_ends_all_the_same()
    {
        var bytes = new byte[1024 * 1024];
        var pattern = string.Concat(Enumerable.Repeat("00{0-60000}", 30)) + "01";
        Assert.False(ChainMatcher.IsMatch(Chains.FromBeginning(pattern, 0, 60000), bytes));
    }

    private static (string Pattern, string Expression) RandomPattern(Random random)
    {
        var (pattern, expression) = (new StringBuilder("'a'"), new StringBuilder("a"));
        for (var index = random.Next(1, 5); index > 0; index--)
        {
            var (word, same) = random.Next(6) switch
            {
                0 => ("??", "."),
                1 => ("{0-2}", ".{0,2}"),
                2 => ("('a'|'bb')", "(?:a|bb)"),
                3 => ("[!'a']", "[^a]"),
                4 => ("*", ".*"),
                _ => ("'b'", "b"),
            };
            pattern.Append(word).Append("'b'");
            expression.Append(same).Append('b');
        }

        return (pattern.ToString(), expression.ToString());
    }
}
