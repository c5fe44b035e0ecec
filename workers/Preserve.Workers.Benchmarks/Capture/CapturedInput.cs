using Preserve.Emulation.Input;

namespace Preserve.Workers.Benchmarks.Capture;

/// <summary>Carries out the steps of a script on a machine.</summary>
internal sealed class CapturedInput(IMachineInput input)
{
    private const byte EnterScancode = 0x1C;
    private const uint EnterKeysym = 0xFF0D;

    // Rows of a PC keyboard from left to right, each with the XT scancode of its first key.
    private static readonly (string Keys, byte First)[] Rows = [("1234567890", 0x02), ("qwertyuiop", 0x10), ("asdfghjkl", 0x1E), ("zxcvbnm,./", 0x2C), (" ", 0x39)];
    private static readonly TimeSpan BetweenKeys = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan BetweenMoves = TimeSpan.FromMilliseconds(30);
    private PointerButtons _buttons;

    public async Task DoAsync(CaptureStep step, CancellationToken cancellationToken)
    {
        switch (step.Word)
        {
            case "wait":
                await Task.Delay(step.Numbers[0], cancellationToken);
                break;
            case "type":
                foreach (var letter in step.Text)
                {
                    await PressAsync(ScancodeOf(letter), letter, cancellationToken);
                }

                break;
            case "enter":
                await PressAsync(EnterScancode, EnterKeysym, cancellationToken);
                break;
            case "move":
                await MoveAsync(step.Numbers, cancellationToken);
                break;
            case "button":
                _buttons = step.Numbers[0] == 1 ? PointerButtons.Left : PointerButtons.None;
                await input.MoveAsync(0, 0, _buttons, cancellationToken);
                break;
        }
    }

    private async Task MoveAsync(int[] numbers, CancellationToken cancellationToken)
    {
        for (var i = 0; i < numbers[2]; i++)
        {
            await input.MoveAsync(numbers[0], numbers[1], _buttons, cancellationToken);
            await Task.Delay(BetweenMoves, cancellationToken);
        }
    }

    private async Task PressAsync(byte scancode, uint keysym, CancellationToken cancellationToken)
    {
        await input.KeyAsync(scancode, keysym, isDown: true, cancellationToken);
        await input.KeyAsync(scancode, keysym, isDown: false, cancellationToken);
        await Task.Delay(BetweenKeys, cancellationToken);
    }

    private static byte ScancodeOf(char letter)
    {
        var (keys, first) = Rows.FirstOrDefault(row => row.Keys.Contains(letter));
        return keys is null ? throw new FormatException($"No key for '{letter}'.") : (byte)(first + keys.IndexOf(letter));
    }
}
