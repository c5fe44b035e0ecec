using Preserve.Catalog.Exhibits;

namespace Preserve.Catalog.Tests.Exhibits;

public sealed class KeyChordTests
{
    [Theory]
    [InlineData("Ctrl+Alt+Delete", "ControlLeft AltLeft Delete")]
    [InlineData("ctrl + c", "ControlLeft KeyC")]
    [InlineData("Num +", "NumpadAdd")]
    [InlineData("Shift+Num +", "ShiftLeft NumpadAdd")]
    [InlineData("Ctrl+-", "ControlLeft Minus")]
    [InlineData("Page Up", "PageUp")]
    [InlineData("F12", "F12")]
    public void A_chord_is_read_as_people_write_it(string chord, string codes) => Assert.Equal(codes.Split(' '), KeyChord.Codes(chord));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("Ctrl+")]
    [InlineData("Ctrl+Ctrl")]
    [InlineData("A+B+C+D+E")]
    [InlineData("F13")]
    [InlineData("<script>")]
    public void What_is_no_chord_is_named(string? chord)
    {
        Assert.Null(KeyChord.Codes(chord));
        Assert.Contains($"\"{chord}\"", KeyChord.Problem(chord), StringComparison.Ordinal);
    }
}
