using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>Waiting for what a guest shows, and typing to it.</summary>
internal static class Waiting
{
    private const string Row1 = "1234567890-=";
    private const string Row2 = "qwertyuiop[]";
    private const string Row3 = "asdfghjkl;'`";
    private const string Row4 = "zxcvbnm,./";

    /// <summary>Waits until the text screen satisfies a condition; the failure shows the last text.</summary>
    public static async Task<TextScreen> ForTextAsync(this IMachine machine, Func<TextScreen, bool> isThere, TimeSpan patience)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(patience);
        TextScreen? last = null;
        try
        {
            while (true)
            {
                var text = await machine.Text!.ReadAsync(timeout.Token);
                if (text is not null && isThere(text))
                {
                    return text;
                }

                last = text ?? last;
                await Task.Delay(50, timeout.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The text did not come. Size {machine.Screen.Size}. Last text:\n{(last is null ? "none" : string.Join('\n', last.Lines.Select(line => line.TrimEnd())))}");
            throw;
        }
    }

    public static Task<TextScreen> ForTextAsync(this IMachine machine, string text, TimeSpan patience) =>
        machine.ForTextAsync(screen => screen.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)), patience);

    /// <summary>Waits until the screen satisfies a condition.</summary>
    public static async Task ForAsync(Func<bool> isThere, TimeSpan patience)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(patience);
        while (!isThere())
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    /// <summary>The same for a condition that has to be asked for.</summary>
    public static async Task ForAsync(Func<Task<bool>> isThere, TimeSpan patience)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(patience);
        while (!await isThere())
        {
            await Task.Delay(50, timeout.Token);
        }
    }

    /// <summary>Types lower-case letters, digits, and what else needs no Shift; a line feed is the Enter key.</summary>
    public static async Task TypeAsync(this IMachine machine, string text)
    {
        foreach (var character in text)
        {
            var scancode = Scancode(character);
            await machine.Input.KeyAsync(scancode, 0, isDown: true, TestContext.Current.CancellationToken);
            await Task.Delay(20, TestContext.Current.CancellationToken);
            await machine.Input.KeyAsync(scancode, 0, isDown: false, TestContext.Current.CancellationToken);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static byte Scancode(char character)
    {
        foreach (var (row, first) in new[] { (Row1, 0x02), (Row2, 0x10), (Row3, 0x1E), (Row4, 0x2C) })
        {
            if (row.IndexOf(character) is >= 0 and var index)
            {
                return (byte)(first + index);
            }
        }

        return character switch { '\n' => 0x1C, ' ' => 0x39, '\\' => 0x2B, _ => throw new ArgumentOutOfRangeException(nameof(character), character, "No key.") };
    }
}
