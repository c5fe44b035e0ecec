using System.Globalization;

namespace Preserve.Emulation.Input;

/// <summary>The digits of a keyboard's number pad.</summary>
internal static class NumberPad
{
    private static readonly byte[] s_digits = [0x52, 0x4F, 0x50, 0x51, 0x4B, 0x4C, 0x4D, 0x47, 0x48, 0x49];

    /// <summary>Scancodes of the digits of a number.</summary>
    public static IReadOnlyList<byte> KeysOf(byte number) =>
        [.. number.ToString(CultureInfo.InvariantCulture).Select(digit => s_digits[digit - '0'])];
}
