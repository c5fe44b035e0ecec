using Preserve.Catalog.Rights;

namespace Preserve.Catalog.Tests.Rights;

public sealed class RightsVocabularyTests
{
    [Theory]
    [InlineData("http://rightsstatements.org/vocab/InC/1.0/", "In Copyright")]
    [InlineData("https://rightsstatements.org/page/InC-OW-EU/1.0", "In Copyright - EU Orphan Work")]
    [InlineData(" http://creativecommons.org/licenses/by-sa/4.0/ ", "Creative Commons Attribution-ShareAlike 4.0")]
    [InlineData("https://creativecommons.org/licenses/by/3.0/deed", "Creative Commons Attribution 3.0")]
    [InlineData("https://www.creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0 Universal")]
    public void An_address_is_found_however_it_is_written(string uri, string label) => Assert.Equal(label, RightsVocabulary.Find(uri)?.Label);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("http://rightsstatements.org/vocab/InC/2.0/")]
    [InlineData("https://creativecommons.org/licenses/by-xx/4.0/")]
    [InlineData("https://creativecommons.org.example/licenses/by/4.0/")]
    [InlineData("javascript:alert(1)")]
    public void What_is_in_neither_list_is_not_found(string? uri) => Assert.Null(RightsVocabulary.Find(uri));

    [Fact]
    public void There_are_twelve_statements_and_each_address_is_in_the_lists_once()
    {
        Assert.Equal(12, RightsVocabulary.All.Count(one => one.Uri.StartsWith("http://rightsstatements.org/vocab/", StringComparison.Ordinal)));
        Assert.Equal(RightsVocabulary.All.Count, RightsVocabulary.All.Select(one => one.Uri).Distinct().Count());
        Assert.All(RightsVocabulary.All, one => Assert.Same(one, RightsVocabulary.Find(one.Uri)));
    }
}
