using Preserve.Catalog.Search;

namespace Preserve.Catalog.Tests.Search;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Ångström's BÜRO", "angstrom s buro")]
    [InlineData("Straße øre Æsir Łódź", "strasse ore aesir lodz")]
    [InlineData("Ｆｕｌｌ ｗｉｄｔｈ", "full width")]
    [InlineData("fmt/468 v1.44", "fmt 468 v 1 44")]
    [InlineData("Windows95 C64", "windows 95 c 64")]
    [InlineData("東京 OS", "東 京 os")]
    [InlineData("\"a\" OR b* NEAR(c) {d}:e' & | ! <->", "a or b near c d e")]
    [InlineData("a\0b\u0001\u202E😀c", "a b c")]
    [InlineData("\uD800 lone", "lone")]
    [InlineData("  \t\n", "")]
    public void Text_becomes_plain_words(string text, string words) => Assert.Equal(words, SearchWords.Key(text));

    [Fact]
    public void A_query_of_ten_thousand_characters_is_a_few_words_of_bounded_length()
    {
        var query = SearchQuery.Read(string.Concat(Enumerable.Repeat("word ", 30)) + new string('x', 10_000) + string.Join(' ', Enumerable.Range(0, 500)));

        Assert.InRange(query.Words.Count, 1, SearchQuery.MostWords);
        Assert.All(query.Words, word => Assert.InRange(word.Length, 1, SearchWords.LongestWord));
    }

    [Theory]
    [InlineData("about 1987", 1987)]
    [InlineData("2006-05", 2006)]
    [InlineData("19871", null)]
    [InlineData("unknown", null)]
    public void A_year_is_found_in_what_a_curator_wrote(string date, int? year) => Assert.Equal(year, Years.Of(date));

    [Fact]
    public void A_place_in_a_list_is_read_as_it_was_written_and_nothing_else_is()
    {
        var place = new SearchPlace(3, -1_700_000_000_000, "le ça", "an-id");

        Assert.Equal(place, SearchPlace.Read(place.Write()));
        Assert.InRange(new SearchPlace(3, long.MinValue, new string('東', SearchEntry.LongestTitle), new string('a', 64)).Write().Length, 1, SearchPlace.Longest);
        Assert.All(["", "!", "AAAA", "eA==", new string('A', 10_000), "MQox\u0001"], text => Assert.Null(SearchPlace.Read(text)));
    }

    [Theory]
    [InlineData("painter", "paniter", 1)]
    [InlineData("borland", "borlnd", 1)]
    [InlineData("microsoft", "mircosfot", 2)]
    [InlineData("abc", "abc", 0)]
    public void Slips_are_counted(string word, string typed, int slips) => Assert.Equal(slips, NearWords.Distance(word, typed));
}
