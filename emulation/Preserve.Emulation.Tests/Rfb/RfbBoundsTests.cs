using Preserve.Emulation.Rfb;
using static Preserve.Emulation.Tests.Rfb.FakeRfbServer;

namespace Preserve.Emulation.Tests.Rfb;

public class RfbBoundsTests
{
    public static TheoryData<string, byte[]> BrokenUpdates => new()
    {
        { "pixels right of the screen", Raw(39, 0, 2, 1, 0) },
        { "pixels below the screen", Raw(0, 19, 1, 2, 0) },
        { "a copy to outside", Rectangle(39, 0, 2, 1, 1, [0, 0, 0, 0]) },
        { "a copy from outside", Rectangle(0, 0, 2, 1, 1, [0, 39, 0, 0]) },
        { "a screen too wide", Rectangle(0, 0, 4097, 1, -223) },
        { "a screen too tall", Rectangle(0, 0, 1, 65535, -223) },
        { "a screen of nothing", Rectangle(0, 0, 0, 480, -223) },
        { "a cursor too large", Rectangle(0, 0, 257, 1, -239) },
        { "an encoding not offered", Rectangle(0, 0, 1, 1, 7) },
    };

    public static TheoryData<string, byte[]> BrokenMessages => new()
    {
        { "an unknown message", [77] },
        { "a huge clipboard", [3, 0, 0, 0, 0x7F, 0, 0, 0] },
        { "an extended clipboard", [3, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xF0] },
        { "an unknown message of QEMU", [255, 9, 0, 0] },
        { "an unknown audio operation", [255, 1, 0, 9] },
        { "a huge piece of sound", [255, 1, 0, 2, 0x10, 0, 0, 0] },
        { "sound of half a sample", [255, 1, 0, 2, 0, 0, 0, 2, 0, 0] },
    };

    public static TheoryData<string, byte[]> BrokenGreetings => new()
    {
        { "another version", [.. "RFB 003.003\n"u8] },
        { "another protocol", [.. "SSH-2.0-Open"u8] },
        { "a refusal", [.. "RFB 003.008\n"u8, 0, 0, 0, 0, 4, .. "full"u8] },
        { "a refusal without end", [.. "RFB 003.008\n"u8, 0, 0x7F, 0xFF, 0xFF, 0xFF] },
        { "a password", [.. "RFB 003.008\n"u8, 1, 2] },
        { "a failure", [.. "RFB 003.008\n"u8, 1, 1, 0, 0, 0, 1, 0, 0, 0, 2, .. "no"u8] },
        { "a huge screen", [.. "RFB 003.008\n"u8, 1, 1, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF] },
        { "a huge name", [.. "RFB 003.008\n"u8, 1, 1, 0, 0, 0, 0, 0, 40, 0, 20, 32, .. new byte[15], 0, 0, 0x10, 1] },
        { "a pixel of three bytes", [.. "RFB 003.008\n"u8, 1, 1, 0, 0, 0, 0, 0, 40, 0, 20, 24, .. new byte[15]] },
        { "half a greeting", [.. "RFB 003"u8] },
    };

    [Theory(Timeout = 30_000), MemberData(nameof(BrokenUpdates))]
    public async Task A_broken_rectangle_ends_the_connection_as_a_protocol_error(string what, byte[] rectangle)
    {
        await using var conversation = await RfbConversation.BeginAsync();
        conversation.Server.Updates(rectangle);
        var end = await conversation.EndsAsync();
        Assert.True(end.Error is RfbProtocolException, $"{what}: {end}");
    }

    [Theory(Timeout = 30_000), MemberData(nameof(BrokenMessages))]
    public async Task A_broken_message_ends_the_connection_as_a_protocol_error(string what, byte[] message)
    {
        await using var conversation = await RfbConversation.BeginAsync();
        conversation.Server.Says(message);
        var end = await conversation.EndsAsync();
        Assert.True(end.Error is RfbProtocolException, $"{what}: {end}");
    }

    [Theory(Timeout = 30_000), MemberData(nameof(BrokenGreetings))]
    public async Task A_broken_greeting_fails_the_connecting(string what, byte[] greeting)
    {
        var server = new FakeRfbServer().Says(greeting);
        server.HangsUp();
        await Assert.ThrowsAsync<RfbProtocolException>(() => RfbConversation.ConnectAsync(server));
        Assert.True(server.IsDisposed, what);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_refusal_is_told_in_the_words_of_the_server()
    {
        var server = new FakeRfbServer().Says([.. "RFB 003.008\n"u8, 0, 0, 0, 0, 4, .. "full"u8]);
        var refused = await Assert.ThrowsAsync<RfbProtocolException>(() => RfbConversation.ConnectAsync(server));
        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_cut_text_within_the_bound_is_dropped()
    {
        var server = new FakeRfbServer(bytesAtATime: 100_000).Greets(40, 20)
            .Says([3, 0, 0, 0, 0, 0x10, 0, 0, .. new byte[1 << 20]])
            .Updates(Raw(0, 0, 40, 20, 1));
        await using var client = await RfbConversation.ConnectAsync(server);
        Assert.Equal(1u, client.Screen.Capture().Pixels[0]);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_largest_screen_is_read_through_a_small_buffer()
    {
        var server = new FakeRfbServer(bytesAtATime: 1_000_003).Greets(4096, 4096).Updates(Raw(0, 0, 4096, 4096, 0x123456));
        await using var client = await RfbConversation.ConnectAsync(server);
        Assert.Equal(0x123456u, client.Screen.Capture().Pixels[^1]);
        Assert.True(server.LargestRead <= 256 * 1024);
    }
}
