using Preserve.Emulation.Display;
using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Rfb;

namespace Preserve.Emulation.Tests.Rfb;

public class RealQemuTests
{
    // A cell of the text screen is 9 x 16 pixels, and the cursor two rows of one.
    private const int CursorPixels = 18;
    private const uint Red = 0xFF0000;

    [Fact(Timeout = 120_000)]
    public async Task FreeDOS_boots_to_its_prompt_and_answers_what_is_typed()
    {
        await using var machine = await RealQemu.StartArchivedAsync("freedos-144.img.xz");
        var prompt = await PromptAsync(machine);
        var ink = Ink(prompt);
        await machine.TypeAsync("ver\n");

        // Three letters and a line of answer: far more than a cursor.
        var answer = await machine.ShowsAsync(screen => screen.Width == 720 && Ink(screen) > ink + (20 * CursorPixels));
        Assert.Equal((720, 400), (answer.Width, answer.Height));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_guest_that_switches_to_graphics_changes_the_size_of_the_screen()
    {
        await using var machine = await RealQemu.StartGuestAsync("animation");
        var graphics = await machine.ShowsAsync(screen => screen is { Width: 640, Height: 400 } && Ink(screen) > 1000);
        Assert.Equal(640 * 400, graphics.Pixels.Length);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_mouse_that_moves_with_its_button_down_paints()
    {
        await using var machine = await RealQemu.StartGuestAsync("painter");
        // The swatch with the colour in use is drawn when the mouse is on.
        await machine.ShowsAsync(screen => screen is { Width: 640, Height: 400 } && screen.Pixels[0] == Red);
        Assert.Equal(PointerKind.Relative, machine.Client.Input.Pointer);
        var before = machine.Client.Screen.Capture();
        for (var i = 0; i < 10; i++)
        {
            await machine.Client.Input.MoveAsync(4, 0, PointerButtons.Left, RealQemu.Patience);
        }

        await machine.Client.Input.ReleaseAllAsync(RealQemu.Patience);
        await machine.ShowsAsync(screen => Differences(before, screen) > 20);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_tune_is_heard_while_somebody_listens()
    {
        await using var machine = await RealQemu.StartGuestAsync("tune");
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        machine.Client.Sound!.Samples += samples =>
        {
            if (samples.Span.ContainsAnyExcept((byte)0))
            {
                heard.TrySetResult();
            }
        };
        await machine.Client.Sound.SetListeningAsync(true, RealQemu.Patience);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(60), RealQemu.Patience);
        await machine.Client.Sound.SetListeningAsync(false, RealQemu.Patience);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_killed_emulator_completes_its_client()
    {
        await using var machine = await RealQemu.StartGuestAsync("echo");
        await machine.KillAsync();
        var end = await machine.Client.Completion.WaitAsync(TimeSpan.FromSeconds(20), RealQemu.Patience);
        Assert.Equal(RfbEndCause.PeerClosed, end.Cause);
    }

    // A:\> in the first line and nothing below, while the cursor has blinked a few times.
    private static async Task<FrameCopy> PromptAsync(RealQemu machine)
    {
        var (blinks, last) = (0, 0);
        return await machine.ShowsAsync(screen =>
        {
            var ink = screen.Width == 720 ? Ink(screen) : 0;
            var isPrompt = ink > 2 * CursorPixels && screen.Pixels.AsSpan(16 * 720).IndexOfAnyExcept(0u) < 0;
            blinks = isPrompt && Math.Abs(ink - last) == CursorPixels ? blinks + 1 : 0;
            last = ink;
            return blinks >= 3;
        });
    }

    private static int Ink(FrameCopy screen) => screen.Pixels.Count(pixel => pixel != 0);

    private static int Differences(FrameCopy before, FrameCopy after) =>
        before.Pixels.Length == after.Pixels.Length ? before.Pixels.Zip(after.Pixels).Count(pair => pair.First != pair.Second) : 0;
}
