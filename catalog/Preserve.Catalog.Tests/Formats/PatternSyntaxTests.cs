using System.Text;
using Preserve.Catalog.Formats.Patterns;

namespace Preserve.Catalog.Tests.Formats;

public sealed class PatternSyntaxTests
{
    [Theory]
    [InlineData("4D5A", "MZ", true)]
    [InlineData("4D5A", "MX", false)]
    [InlineData("'M' 5a", "MZ", true)]
    [InlineData("4D ?? 5A", "M-Z", true)]
    [InlineData("4D{2}5A", "M--Z", true)]
    [InlineData("4D{2}5A", "M-Z", false)]
    [InlineData("4D{1-3}5A", "M---Z", true)]
    [InlineData("4D{1-3}5A", "M----Z", false)]
    [InlineData("4D{2-*}5A", "M-------Z", true)]
    [InlineData("4D{2-*}5A", "M-Z", false)]
    [InlineData("4D*5A", "MZ", true)]
    [InlineData("'a'('b'|'cd')'e'", "abe", true)]
    [InlineData("'a'('b'|'cd')'e'", "acde", true)]
    [InlineData("'a'('b'|'cd')'e'", "ace", false)]
    [InlineData("[30:39]'x'", "7x", true)]
    [InlineData("['0'-'9']'x'", "ax", false)]
    [InlineData("[!30:39]'x'", "ax", true)]
    [InlineData("[!'a']'x'", "ax", false)]
    [InlineData("[!'ab']'x'", "aax", true)]
    [InlineData("[!'ab']'x'", "abx", false)]
    [InlineData("['a' 'c']'x'", "cx", true)]
    [InlineData("['a' 'c']'x'", "bx", false)]
    [InlineData("[&01]'x'", "ax", true)]
    [InlineData("[&01]'x'", "bx", false)]
    [InlineData("[!&01]'x'", "bx", true)]
    [InlineData("['ab':'ad']'x'", "acx", true)]
    [InlineData("['ab':'ad']'x'", "aex", false)]
    public void A_pattern_matches_what_the_syntax_says(string pattern, string text, bool isMatch)
    {
        Assert.Equal(isMatch, ChainMatcher.IsMatch(Chains.FromBeginning(pattern), Encoding.ASCII.GetBytes(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("4D5")]
    [InlineData("zz")]
    [InlineData("'open")]
    [InlineData("''")]
    [InlineData("(41|)")]
    [InlineData("(41")]
    [InlineData("[41")]
    [InlineData("[41:4142]")]
    [InlineData("[41 4243]")]
    [InlineData("{1}")]
    [InlineData("41{3-1}42")]
    [InlineData("41{99999999}42")]
    [InlineData("41?42")]
    public void What_is_not_in_the_syntax_is_refused_with_its_place(string pattern)
    {
        var problem = Assert.Throws<FormatException>(() => PatternSyntax.Parse(pattern));
        Assert.Contains("expected", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alternatives_do_not_multiply_without_bound() =>
        Assert.Throws<FormatException>(() => PatternSyntax.Parse(string.Concat(Enumerable.Repeat("(00|01)", 20))));
}
