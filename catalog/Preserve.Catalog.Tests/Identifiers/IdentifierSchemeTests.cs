using Preserve.Catalog.Identifiers;

namespace Preserve.Catalog.Tests.Identifiers;

public sealed class IdentifierSchemeTests
{
    [Theory]
    [InlineData("doi", "https://doi.org/10.5281/Zenodo.1234", "10.5281/zenodo.1234", "https://doi.org/10.5281/zenodo.1234")]
    [InlineData("doi", "doi:10.1000/a<b>c", "10.1000/a<b>c", "https://doi.org/10.1000/a%3Cb%3Ec")]
    [InlineData("ark", "https://n2t.net/ark:12148/btv1b8449691v", "ark:/12148/btv1b8449691v", "https://n2t.net/ark:/12148/btv1b8449691v")]
    [InlineData("handle", "hdl:20.1000/100", "20.1000/100", "https://hdl.handle.net/20.1000/100")]
    [InlineData("wikidata", "https://www.wikidata.org/wiki/q42", "Q42", "https://www.wikidata.org/entity/Q42")]
    [InlineData("isbn", "978-3-16-148410-0", "9783161484100", null)]
    [InlineData("isbn", "0-8044-2957-x", "080442957X", null)]
    [InlineData("ean", "4006381 333931", "4006381333931", null)]
    [InlineData("local", " 1987.42.1 ", "1987.42.1", null)]
    [InlineData("mobygames", "game/1", "game/1", null)]
    public void An_identifier_is_brought_to_the_form_of_its_scheme_and_leads_to_its_resolver(string scheme, string given, string value, string? link)
    {
        Assert.Equal(value, IdentifierScheme.Normalise(scheme, given));
        Assert.True(IdentifierScheme.IsSound(scheme, value));
        Assert.Equal(link, IdentifierScheme.LinkOf(scheme, value));
    }

    [Theory]
    [InlineData("doi", "11.5281/zenodo")]
    [InlineData("doi", "10.5281/")]
    [InlineData("doi", "10.5281/a b")]
    [InlineData("ark", "ark:/12/x")]
    [InlineData("handle", "no-slash")]
    [InlineData("wikidata", "P31")]
    [InlineData("isbn", "9783161484101")]
    [InlineData("isbn", "0804429570")]
    [InlineData("ean", "4006381333930")]
    [InlineData("local", "")]
    [InlineData("local", "two\nlines")]
    public void What_is_none_of_its_scheme_is_told(string scheme, string value) => Assert.False(IdentifierScheme.IsSound(scheme, value));

    [Fact]
    public void Every_example_is_sound() => Assert.All(IdentifierScheme.All, scheme => Assert.True(IdentifierScheme.IsSound(scheme.Name, IdentifierScheme.Normalise(scheme.Name, scheme.Example)), scheme.Name));
}
