using Preserve.Emulation.Input;

namespace Preserve.Emulation.Tests.Input;

public class KeyboardLayoutTests
{
    [Theory]
    [InlineData("us", 'z', 0x2C, HeldKeys.None), InlineData("us", 'Z', 0x2C, HeldKeys.Shift), InlineData("us", '|', 0x2B, HeldKeys.Shift)]
    [InlineData("us", '=', 0x0D, HeldKeys.None), InlineData("us", '"', 0x28, HeldKeys.Shift), InlineData("us", '?', 0x35, HeldKeys.Shift)]
    [InlineData("de", 'z', 0x15, HeldKeys.None), InlineData("de", '@', 0x10, HeldKeys.AltGr), InlineData("de", '\\', 0x0C, HeldKeys.AltGr)]
    [InlineData("de", 'ß', 0x0C, HeldKeys.None), InlineData("de", '<', 0x56, HeldKeys.None), InlineData("de", 'Ä', 0x28, HeldKeys.Shift)]
    [InlineData("fr", 'a', 0x10, HeldKeys.None), InlineData("fr", '1', 0x02, HeldKeys.Shift), InlineData("fr", '\\', 0x09, HeldKeys.AltGr)]
    [InlineData("fr", 'é', 0x03, HeldKeys.None), InlineData("fr", '}', 0x0D, HeldKeys.AltGr), InlineData("fr", 'm', 0x27, HeldKeys.None)]
    [InlineData("de", '\n', 0x1C, HeldKeys.None), InlineData("fr", '\t', 0x0F, HeldKeys.None), InlineData("us", ' ', 0x39, HeldKeys.None)]
    [InlineData("us", '\b', 0x0E, HeldKeys.None)]
    public void A_character_is_the_key_on_which_the_layout_has_it(string layout, char character, byte scancode, HeldKeys held)
    {
        var stroke = Assert.Single(KeyboardLayout.Find(layout)!.StrokesFor(character)!);

        Assert.Equal((held, scancode), (stroke.Held, Assert.Single(stroke.Keys)));
    }

    [Theory]
    [InlineData("de", 'é', 0x0D, HeldKeys.None, 0x12), InlineData("de", 'à', 0x0D, HeldKeys.Shift, 0x1E), InlineData("de", '^', 0x29, HeldKeys.None, 0x39)]
    [InlineData("fr", 'ê', 0x1A, HeldKeys.None, 0x12), InlineData("fr", 'ï', 0x1A, HeldKeys.Shift, 0x17), InlineData("fr", 'ñ', 0x03, HeldKeys.AltGr, 0x31)]
    public void An_accent_is_a_key_of_its_own_before_the_letter(string layout, char character, byte accent, HeldKeys held, byte letter)
    {
        var strokes = KeyboardLayout.Find(layout)!.StrokesFor(character)!;

        Assert.Equal([accent, letter], strokes.Select(stroke => stroke.Keys[0]));
        Assert.Equal(held, strokes[0].Held);
    }

    [Fact]
    public void Every_layout_has_every_character_of_ASCII()
    {
        foreach (var layout in KeyboardLayout.All)
        {
            var missing = Enumerable.Range(0x20, 0x7F - 0x20).Select(code => (char)code).Where(character => layout.StrokesFor(character) is null);
            Assert.True(!missing.Any(), $"{layout.Id}: {string.Concat(missing)}");
        }
    }

    [Theory, InlineData('é'), InlineData('€'), InlineData('\u0007'), InlineData('\uD83D'), InlineData('“')]
    public void What_an_American_keyboard_lacks_has_no_strokes(char character) => Assert.Null(KeyboardLayout.Find("us")!.StrokesFor(character));

    [Theory, InlineData("uk"), InlineData("US"), InlineData(""), InlineData(null)]
    public void An_unknown_layout_is_not_found(string? id) => Assert.Null(KeyboardLayout.Find(id));
}
