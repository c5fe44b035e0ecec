using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Tests.Rfb;
using static Preserve.Emulation.Tests.Rfb.FakeRfbServer;

namespace Preserve.Emulation.Tests.Input;

public class RfbInputTests
{
    private const byte ShiftScancode = 0x2A;
    private const byte ScancodeOfA = 0x1E;

    private static readonly byte[] OffersScancodes = Rectangle(0, 0, 40, 20, -258);
    private static readonly byte[] WantsMovement = Rectangle(0, 0, 40, 20, -257);
    private static readonly byte[] WantsPositions = Rectangle(1, 0, 40, 20, -257);

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_key_is_sent_with_its_scancode_to_a_server_that_takes_them()
    {
        await using var conversation = await RfbConversation.BeginAsync(OffersScancodes);
        await conversation.Client.Input.KeyAsync(0xC8, 0xFF52, isDown: true, Patience);
        Assert.Equal([255, 0, 0, 1, 0, 0, 0xFF, 0x52, 0, 0, 0, 0xC8], await conversation.Server.TakeSentAsync(12));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_key_is_sent_as_a_keysym_to_a_server_that_takes_no_scancodes()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        await conversation.Client.Input.KeyAsync(ScancodeOfA, 0, isDown: true, Patience);
        await conversation.Client.Input.KeyAsync(ShiftScancode, 0xFFE1, isDown: true, Patience);
        Assert.Equal([4, 1, 0, 0, 0, 0, 0xFF, 0xE1], await conversation.Server.TakeSentAsync(8));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_key_goes_up_with_the_keysym_it_went_down_with()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        await conversation.Client.Input.KeyAsync(ScancodeOfA, 'A', isDown: true, Patience);
        await conversation.Client.Input.KeyAsync(ScancodeOfA, 'a', isDown: false, Patience);
        Assert.Equal([4, 1, 0, 0, 0, 0, 0, (byte)'A', 4, 0, 0, 0, 0, 0, 0, (byte)'A'], await conversation.Server.TakeSentAsync(16));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_position_is_sent_with_its_buttons_and_kept_on_the_screen()
    {
        await using var conversation = await RfbConversation.BeginAsync(WantsPositions);
        await conversation.Client.Input.PointAsync(5, 900, PointerButtons.Left | PointerButtons.WheelUp, Patience);
        Assert.Equal([5, 9, 0, 5, 0, 19], await conversation.Server.TakeSentAsync(6));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_movement_is_sent_around_7FFF()
    {
        await using var conversation = await RfbConversation.BeginAsync(WantsMovement);
        await conversation.Client.Input.MoveAsync(3, -2, PointerButtons.None, Patience);
        Assert.Equal([5, 0, 0x80, 0x02, 0x7F, 0xFD], await conversation.Server.TakeSentAsync(6));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_movement_too_large_for_the_wire_is_split()
    {
        await using var conversation = await RfbConversation.BeginAsync(WantsMovement);
        await conversation.Client.Input.MoveAsync(0x8001, -0x8000, PointerButtons.Right, Patience);
        Assert.Equal([5, 4, 0xFF, 0xFE, 0, 0, 5, 4, 0x80, 0x01, 0x7F, 0xFE], await conversation.Server.TakeSentAsync(12));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_absurd_movement_is_bounded()
    {
        await using var conversation = await RfbConversation.BeginAsync(WantsMovement);
        await conversation.Client.Input.MoveAsync(int.MaxValue, int.MinValue, PointerButtons.None, Patience);
        Assert.Equal(4 * 6, conversation.Server.Untaken().Length);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_position_sent_while_the_guest_wants_movement_becomes_the_way_from_the_last()
    {
        await using var conversation = await RfbConversation.BeginAsync(WantsMovement);
        await conversation.Client.Input.PointAsync(10, 10, PointerButtons.None, Patience);
        await conversation.Client.Input.PointAsync(12, 9, PointerButtons.None, Patience);
        Assert.Equal([5, 0, 0x7F, 0xFF, 0x7F, 0xFF, 5, 0, 0x80, 0x01, 0x7F, 0xFE], await conversation.Server.TakeSentAsync(12));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_movement_sent_while_the_guest_wants_positions_moves_the_last()
    {
        await using var conversation = await RfbConversation.BeginAsync(WantsPositions);
        await conversation.Client.Input.PointAsync(10, 10, PointerButtons.None, Patience);
        await conversation.Client.Input.MoveAsync(-3, 4, PointerButtons.None, Patience);
        Assert.Equal([5, 0, 0, 7, 0, 14], (await conversation.Server.TakeSentAsync(12))[6..]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_change_of_the_pointer_is_told()
    {
        await using var conversation = await RfbConversation.BeginAsync(WantsPositions);
        var told = new TaskCompletionSource<PointerKind>(TaskCreationOptions.RunContinuationsAsynchronously);
        conversation.Client.Input.PointerChanged += told.SetResult;
        conversation.Server.Updates(WantsMovement);
        Assert.Equal(PointerKind.Relative, await told.Task.WaitAsync(TimeSpan.FromSeconds(10), Patience));
        Assert.Equal(PointerKind.Relative, conversation.Client.Input.Pointer);
    }

    [Fact(Timeout = 30_000)]
    public async Task Releasing_all_releases_exactly_what_is_down()
    {
        await using var conversation = await RfbConversation.BeginAsync(OffersScancodes, WantsPositions);
        var input = conversation.Client.Input;
        await input.KeyAsync(ShiftScancode, 0, isDown: true, Patience);
        await input.KeyAsync(ScancodeOfA, 0, isDown: true, Patience);
        await input.KeyAsync(ScancodeOfA, 0, isDown: false, Patience);
        await input.PointAsync(4, 4, PointerButtons.Left, Patience);
        await conversation.Server.TakeSentAsync((3 * 12) + 6);
        await input.ReleaseAllAsync(Patience);
        await input.ReleaseAllAsync(Patience);
        Assert.Equal([255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ShiftScancode, 5, 0, 0, 4, 0, 4], conversation.Server.Untaken());
    }

    [Fact(Timeout = 30_000)]
    public async Task Input_after_the_end_is_dropped()
    {
        await using var conversation = await RfbConversation.BeginAsync(OffersScancodes);
        conversation.Server.HangsUp();
        await conversation.EndsAsync();
        await conversation.Client.Input.KeyAsync(ScancodeOfA, 0, isDown: true, Patience);
        Assert.Empty(conversation.Server.Untaken());
    }

    [Fact(Timeout = 30_000)]
    public async Task Scancode_zero_is_refused()
    {
        await using var conversation = await RfbConversation.BeginAsync(OffersScancodes);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => conversation.Client.Input.KeyAsync(0, 0, isDown: true, Patience));
    }

    [Fact(Timeout = 30_000)]
    public async Task Events_of_many_callers_reach_the_server_whole()
    {
        await using var conversation = await RfbConversation.BeginAsync(OffersScancodes);
        await Task.WhenAll(Enumerable.Range(1, 100).Select(i => Task.Run(
            () => conversation.Client.Input.KeyAsync((byte)i, 0, isDown: true, Patience), Patience)));
        var scancodes = conversation.Server.Untaken().Chunk(12).Select(message => message[11]).Order();
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (byte)i), scancodes);
    }
}
