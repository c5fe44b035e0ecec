using Preserve.Emulation.Input;
using Preserve.Emulation.Text;

namespace Preserve.Emulation.Tests.Input;

public class TypingPlanTests
{
    private static readonly KeyboardLayout s_us = KeyboardLayout.Find("us")!;

    [Fact]
    public void Each_line_end_is_one_Enter_key()
    {
        var plan = TypingPlan.Make("a\r\nb\rc\n", s_us, null);

        Assert.Equal(["a", "\n", "b", "\n", "c", "\n"], plan.Characters.Select(character => character.Text));
    }

    [Fact]
    public void What_cannot_be_typed_is_named_once_each_and_never_lost_silently()
    {
        var plan = TypingPlan.Make("a “b” ☂ 😀 “c”\a", s_us, null);

        Assert.Equal(["“", "”", "☂", "😀", "\a"], plan.Unknown);
        Assert.Equal("a b   c", string.Concat(plan.Characters.Select(character => character.Text)));
    }

    [Fact]
    public void A_letter_and_its_accent_count_as_the_letter_with_the_accent_on() =>
        Assert.Equal(["é"], TypingPlan.Make("e\u0301", s_us, null).Unknown);

    [Fact]
    public void What_the_keyboard_lacks_and_the_character_set_has_is_typed_by_number_when_asked_to()
    {
        var plan = TypingPlan.Make("é€", s_us, CodePage.Find("cp437"));

        var character = Assert.Single(plan.Characters);
        var stroke = Assert.Single(character.Strokes);
        Assert.Equal(HeldKeys.Alt, stroke.Held);
        Assert.Equal([0x4F, 0x51, 0x52], stroke.Keys);
        Assert.Equal(["é"], plan.ByNumber);
        Assert.Equal(["€"], plan.Unknown);
    }

    [Fact]
    public void Half_of_a_pair_of_UTF_16_is_named_as_what_it_is_not() => Assert.Equal(["\uFFFD"], TypingPlan.Make("a\uD83D", s_us, null).Unknown);

    [Fact]
    public void A_text_that_is_too_long_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TypingPlan.Make(new string('a', TypingPlan.LongestText + 1), s_us, null));
}
