using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Emulation.Display;
using Preserve.Emulation.Rfb;
using static Preserve.Emulation.Tests.Rfb.FakeRfbServer;

namespace Preserve.Emulation.Tests.Rfb;

public class RfbClientTests
{
    private const uint Red = 0xAA0000;

    [Fact(Timeout = 30_000)]
    public async Task The_first_picture_is_there_when_connecting_returns()
    {
        var server = new FakeRfbServer().Greets(40, 20).Updates(Raw(0, 0, 40, 20, Red));
        await using var client = await RfbConversation.ConnectAsync(server);
        Assert.Equal("QEMU", client.Name);
        Assert.Equal((40, 20), client.Screen.Size);
        Assert.All(client.Screen.Capture().Pixels, pixel => Assert.Equal(Red, pixel));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_client_asks_for_one_pixel_format_its_encodings_and_the_whole_screen()
    {
        var server = new FakeRfbServer().Greets(40, 20).Updates(Raw(0, 0, 40, 20, Red));
        await using var client = await RfbConversation.ConnectAsync(server);
        var opening = await server.TakeSentAsync(RfbConversation.OpeningLength);
        byte[] format = [0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0];
        byte[] request = [3, 0, 0, 0, 0, 0, .. Word(40), .. Word(20)];
        Assert.Equal([.. "RFB 003.008\n"u8, 1, 1, .. format], opening[..34]);
        Assert.Equal([2, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0x21], opening[34..50]);
        Assert.Equal(request, opening[^10..]);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_next_update_is_requested_when_one_has_been_consumed()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        Assert.Empty(conversation.Server.Untaken());
        conversation.Server.Updates(Raw(0, 0, 1, 1, Red));
        Assert.Equal([3, 1, 0, 0, 0, 0, .. Word(40), .. Word(20)], await conversation.Server.TakeSentAsync(10));
    }

    [Fact(Timeout = 30_000)]
    public async Task Raw_pixels_land_where_they_belong()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        var shown = await conversation.ShowsAfterAsync(Raw(3, 2, 2, 1, 0xFF000000 | Red));
        Assert.Equal(
            [RfbConversation.Blue, Red, Red, RfbConversation.Blue], shown.Pixels[((2 * 40) + 2)..((2 * 40) + 6)]);
    }

    [Fact(Timeout = 30_000)]
    public async Task CopyRect_moves_what_is_on_the_screen()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        var shown = await conversation.ShowsAfterAsync(Raw(0, 0, 2, 2, Red), Rectangle(30, 10, 2, 2, 1, [0, 0, 0, 0]));
        Assert.Equal(Red, shown.Pixels[(11 * 40) + 31]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_change_of_resolution_resizes_the_screen_and_asks_for_all_of_it()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        conversation.Server.Updates(Rectangle(0, 0, 720, 400, -223));
        Assert.Equal([3, 0, 0, 0, 0, 0, .. Word(720), .. Word(400)], await conversation.Server.TakeSentAsync(10));
        Assert.Equal((720, 400), conversation.Screen.Size);
    }

    [Fact(Timeout = 30_000)]
    public async Task LastRect_ends_an_update_before_its_count()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        conversation.Server.Says([0, 0, 0xFF, 0xFF, .. Raw(0, 0, 1, 1, Red), .. Rectangle(0, 0, 0, 0, -224)]);
        await conversation.Server.TakeSentAsync(10);
        Assert.Equal(Red, conversation.Screen.Capture().Pixels[0]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_cursor_arrives_with_its_mask_as_alpha()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        var shown = await conversation.ShowsAfterAsync(
            Rectangle(1, 0, 2, 1, -239, [1, 2, 3, 0, 4, 5, 6, 0, 0b0100_0000]));
        Assert.Equal((2, 1, 1, 0), (shown.Cursor!.Width, shown.Cursor.Height, shown.Cursor.HotspotX, shown.Cursor.HotspotY));
        Assert.Equal([0, 0, 0, 0, 4, 5, 6, 255], shown.Cursor.Bgra);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_hotspot_outside_its_cursor_is_moved_in()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        var shown = await conversation.ShowsAfterAsync(Rectangle(900, 900, 1, 1, -239, [1, 2, 3, 0, 0x80]));
        Assert.Equal((0, 0), (shown.Cursor!.HotspotX, shown.Cursor.HotspotY));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_empty_cursor_hides_it()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        var shown = await conversation.ShowsAfterAsync(Rectangle(0, 0, 0, 0, -239));
        Assert.Equal(0, shown.Cursor!.Width);
    }

    [Fact(Timeout = 30_000)]
    public async Task Bell_clipboard_and_palette_are_passed_over()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        conversation.Server.Says(2).Says([3, 0, 0, 0, 0, 0, 0, 3, .. "abc"u8]).Says([1, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6]);
        var shown = await conversation.ShowsAfterAsync(Raw(0, 0, 1, 1, Red));
        Assert.Equal(Red, shown.Pixels[0]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Pixels_sent_again_as_they_were_damage_nothing()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        await conversation.ShowsAfterAsync(Raw(0, 0, 40, 20, RfbConversation.Blue));
        Assert.Equal(0, conversation.DamagedTiles());
        await conversation.ShowsAfterAsync(Raw(0, 0, 40, 20, Red));
        Assert.Equal(6, conversation.DamagedTiles());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_that_hangs_up_completes_the_client()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        conversation.Server.HangsUp();
        Assert.Equal(RfbEndCause.PeerClosed, (await conversation.EndsAsync()).Cause);
        Assert.True(conversation.Server.IsDisposed);
    }

    [Fact(Timeout = 30_000)]
    public async Task Disposing_ends_a_client_that_waits_and_closes_its_connection()
    {
        var conversation = await RfbConversation.BeginAsync();
        await conversation.DisposeAsync();
        Assert.Equal(RfbEndCause.Disposed, (await conversation.EndsAsync()).Cause);
        Assert.True(conversation.Server.IsDisposed);
        await conversation.Client.DisposeAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task Cancelling_the_connecting_closes_the_connection()
    {
        var server = new FakeRfbServer().Greets(40, 20);
        using var cancellation = new CancellationTokenSource();
        var connecting = RfbClient.ConnectAsync(
            server, new Framebuffer(), NullLogger.Instance, cancellation.Token);
        await server.TakeSentAsync(RfbConversation.OpeningLength);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.True(server.IsDisposed);
    }
}
