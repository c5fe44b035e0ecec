using Preserve.Emulation.Text;

namespace Preserve.Emulation.Tests.Text;

public class CodePageTests
{
    [Theory]
    [InlineData(0x41, 'A'), InlineData(0x00, ' '), InlineData(0x01, '☺'), InlineData(0x10, '►'), InlineData(0x7F, '⌂')]
    [InlineData(0x80, 'Ç'), InlineData(0x82, 'é'), InlineData(0xB0, '░'), InlineData(0xE1, 'ß'), InlineData(0xEE, 'ε'), InlineData(0xFE, '■')]
    public void The_first_PCs_codes_are_told_in_Unicode(byte code, char expected) => Assert.Equal(expected, Page("cp437").ToUnicode(code));

    [Fact]
    public void Frames_of_the_first_PC_are_box_drawings()
    {
        var codes = Enumerable.Range(0xB3, 0xDA - 0xB3 + 1).Select(code => Page("cp437").ToUnicode((byte)code));

        Assert.Equal("│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌", string.Concat(codes));
    }

    [Theory]
    [InlineData("cp850", 0xB5, 'Á'), InlineData("cp850", 0x9B, 'ø'), InlineData("cp850", 0xC9, '╔'), InlineData("cp850", 0xDB, '█')]
    [InlineData("cp852", 0xA5, 'ą'), InlineData("cp858", 0xD5, '€'), InlineData("cp866", 0x80, 'А'), InlineData("cp737", 0x80, 'Α')]
    [InlineData("windows-1252", 0xE9, 'é'), InlineData("windows-1252", 0x80, '€'), InlineData("windows-1252", 0x81, '\uFFFD')]
    public void Other_character_sets_have_their_own(string name, byte code, char expected) => Assert.Equal(expected, Page(name).ToUnicode(code));

    [Fact]
    public void Every_character_leads_back_to_a_code_that_shows_it()
    {
        foreach (var name in CodePage.Names)
        {
            var page = Page(name);
            for (var code = 1; code < 256; code++)
            {
                var character = page.ToUnicode((byte)code);
                Assert.True(character == '\uFFFD' || page.ToUnicode(page.ToCode(character)!.Value) == character, $"{name} {code:X2}");
            }
        }
    }

    [Fact]
    public void A_block_that_fills_its_cell_is_where_the_character_set_has_it()
    {
        Assert.True(Page("cp850").IsFullBlock(0xDB));
        Assert.False(Page("windows-1252").IsFullBlock(0xDB));
        Assert.False(Page("windows-1252").IsUniform(0xDB));
        Assert.True(Page("windows-1252").IsUniform(0xA0));
    }

    [Theory, InlineData("cp1"), InlineData("CP437"), InlineData(""), InlineData(null)]
    public void An_unknown_name_finds_nothing(string? name) => Assert.Null(CodePage.Find(name));

    private static CodePage Page(string name) => CodePage.Find(name)!;
}
