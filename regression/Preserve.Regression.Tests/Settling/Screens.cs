using Preserve.Emulation.Display;

namespace Preserve.Regression.Tests.Settling;

/// <summary>Small screens to tell apart.</summary>
internal static class Screens
{
    public static FrameCopy Blank { get; } = Screen(_ => 0x0000AA);

    /// <summary>A letter of stripes.</summary>
    public static FrameCopy Prompt { get; } = Screen(i => i is 3 or 5 or 67 or 69 ? 0xAAAAAAu : 0);

    public static FrameCopy PromptWithCursor { get; } = Screen(i => i is 3 or 5 or 67 or 69 or 75 ? 0xAAAAAAu : 0);

    /// <summary>A different screen for each number.</summary>
    public static FrameCopy Noise(int number)
    {
        var random = new Random(number);
        return Screen(_ => (uint)random.Next(0x1000000));
    }

    private static FrameCopy Screen(Func<int, uint> pixel)
    {
        var screen = new FrameCopy();
        screen.Resize(64, 32);
        for (var i = 0; i < screen.Pixels.Length; i++)
        {
            screen.Pixels[i] = pixel(i);
        }

        return screen;
    }
}
