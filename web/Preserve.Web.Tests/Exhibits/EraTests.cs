using Preserve.Web.Exhibits;

namespace Preserve.Web.Tests.Exhibits;

public sealed class EraTests
{
    [Theory]
    [InlineData("1987", "1980s")]
    [InlineData("about 1999", "1990s")]
    [InlineData("2003-11-02", "2000s")]
    [InlineData("between 1985 and 1991", "1980s")]
    [InlineData("", "Undated")]
    [InlineData("long ago", "Undated")]
    [InlineData("serial 119872", "Undated")]
    public void A_date_in_words_falls_in_the_decade_of_its_first_year(string date, string era) =>
        Assert.Equal(era, Era.Of(date).Title);
}
