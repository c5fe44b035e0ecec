namespace Preserve.Workers.Printing;

/// <summary>How long the commands of ESC/P and the IBM Proprinter are: what is left after them is text.</summary>
internal static class EscapeCodes
{
    private const string OneByte = "!-/3AJNQRSUWaikmlpqrstwx+ \u0019";
    private const string TwoBytes = "$\\ef";

    /// <summary>Bytes that belong to a command, without the escape itself; all that is left where it is cut off.</summary>
    /// <param name="rest">What follows the escape.</param>
    /// <param name="isPicture">Whether it is a picture, made of dots.</param>
    public static int Length(ReadOnlySpan<byte> rest, out bool isPicture)
    {
        isPicture = false;
        if (rest.Length == 0)
        {
            return 0;
        }

        var length = (char)rest[0] switch
        {
            'K' or 'L' or 'Y' or 'Z' => Picture(rest, at: 1, bytesAColumn: 1, out isPicture),
            '*' => Picture(rest, at: 2, rest.Length > 1 && rest[1] >= 32 ? 3 : 1, out isPicture),
            '(' => 4 + Number(rest, 2),
            'B' or 'D' => 1 + ToZero(rest[1..]),

            // The length of a page: in lines, or after a zero in inches.
            'C' => rest.Length > 1 && rest[1] == 0 ? 3 : 2,
            var c when OneByte.Contains(c, StringComparison.Ordinal) => 2,
            var c when TwoBytes.Contains(c, StringComparison.Ordinal) => 3,
            _ => 1,
        };
        return Math.Min(length, rest.Length);
    }

    private static int Picture(ReadOnlySpan<byte> rest, int at, int bytesAColumn, out bool isPicture)
    {
        isPicture = true;
        return at + 2 + (Number(rest, at) * bytesAColumn);
    }

    private static int Number(ReadOnlySpan<byte> rest, int at) => rest.Length > at + 1 ? rest[at] + (rest[at + 1] << 8) : 0;

    private static int ToZero(ReadOnlySpan<byte> rest) => rest.IndexOf((byte)0) is >= 0 and var at ? at + 1 : rest.Length;
}
