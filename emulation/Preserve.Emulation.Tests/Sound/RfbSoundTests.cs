using Preserve.Emulation.Tests.Rfb;
using static Preserve.Emulation.Tests.Rfb.FakeRfbServer;

namespace Preserve.Emulation.Tests.Sound;

public class RfbSoundTests
{
    private static readonly byte[] OffersSound = Rectangle(0, 0, 40, 20, -259);
    private static readonly byte[] Format = [255, 1, 0, 2, 3, 2, 0, 0, 0xBB, 0x80];

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_server_without_sound_offers_none()
    {
        await using var conversation = await RfbConversation.BeginAsync();
        Assert.Null(conversation.Client.Sound);
    }

    [Fact(Timeout = 30_000)]
    public async Task Listening_sets_the_format_and_enables_once()
    {
        await using var conversation = await RfbConversation.BeginAsync(OffersSound);
        await conversation.Client.Sound!.SetListeningAsync(true, Patience);
        await conversation.Client.Sound!.SetListeningAsync(true, Patience);
        await conversation.Client.Sound!.SetListeningAsync(false, Patience);
        Assert.Equal([.. Format, 255, 1, 0, 0, 255, 1, 0, 1], conversation.Server.Untaken());
    }

    [Fact(Timeout = 30_000)]
    public async Task Samples_arrive_whole_and_in_order()
    {
        await using var conversation = await RfbConversation.BeginAsync(OffersSound);
        var heard = new List<byte>();
        conversation.Client.Sound!.Samples += piece => heard.AddRange(piece.Span);
        await conversation.Client.Sound.SetListeningAsync(true, Patience);
        await conversation.Server.TakeSentAsync(14);
        var samples = Enumerable.Range(0, 20_000).Select(i => (byte)i).ToArray();
        conversation.Server.Says(255, 1, 0, 1).Says([255, 1, 0, 2, 0, 0, 0x4E, 0x20, .. samples]).Says(255, 1, 0, 0);
        await conversation.ShowsAfterAsync(Raw(0, 0, 1, 1, 0));
        Assert.Equal(samples, heard);
    }

    [Fact(Timeout = 30_000)]
    public async Task That_the_machine_fell_silent_is_told_after_its_last_sample()
    {
        await using var conversation = await RfbConversation.BeginAsync(OffersSound);
        var told = new List<string>();
        conversation.Client.Sound!.Samples += piece => told.Add($"{piece.Length} bytes");
        conversation.Client.Sound.FellSilent += () => told.Add("silence");
        await conversation.Client.Sound.SetListeningAsync(true, Patience);
        await conversation.Server.TakeSentAsync(14);
        conversation.Server.Says(255, 1, 0, 1).Says(255, 1, 0, 2, 0, 0, 0, 4, 1, 2, 3, 4).Says(255, 1, 0, 0);
        await conversation.ShowsAfterAsync(Raw(0, 0, 1, 1, 0));
        Assert.Equal(["4 bytes", "silence"], told);
    }

    [Fact(Timeout = 30_000)]
    public async Task Samples_nobody_asked_for_are_dropped()
    {
        await using var conversation = await RfbConversation.BeginAsync(OffersSound);
        conversation.Client.Sound!.Samples += _ => Assert.Fail("Nobody listens.");
        conversation.Server.Says(255, 1, 0, 2, 0, 0, 0, 4, 1, 2, 3, 4);
        await conversation.ShowsAfterAsync(Raw(0, 0, 1, 1, 0));
        Assert.False(conversation.Client.Completion.IsCompleted);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_listener_that_throws_ends_the_connection_and_is_told()
    {
        await using var conversation = await RfbConversation.BeginAsync(OffersSound);
        conversation.Client.Sound!.Samples += _ => throw new InvalidOperationException("listener");
        await conversation.Client.Sound.SetListeningAsync(true, Patience);
        conversation.Server.Says(255, 1, 0, 2, 0, 0, 0, 4, 1, 2, 3, 4);
        Assert.IsType<InvalidOperationException>((await conversation.EndsAsync()).Error);
    }
}
