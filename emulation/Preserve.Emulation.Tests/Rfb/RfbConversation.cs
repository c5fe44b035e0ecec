using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Emulation.Display;
using Preserve.Emulation.Rfb;

namespace Preserve.Emulation.Tests.Rfb;

/// <summary>A client in conversation with a <see cref="FakeRfbServer"/>, its first picture, all blue, already shown.</summary>
internal sealed class RfbConversation(FakeRfbServer server, RfbClient client, DamageTracker tracker) : IAsyncDisposable
{
    public const uint Blue = 0x0000AA;

    /// <summary>What the client sends to open: greeting, security, shared, SetPixelFormat, SetEncodings, first request.</summary>
    public const int OpeningLength = 12 + 1 + 1 + 20 + 4 + (8 * 4) + 10;

    /// <summary>Length of an update request.</summary>
    public const int RequestLength = 10;

    public FakeRfbServer Server => server;

    public RfbClient Client => client;

    public Framebuffer Screen => client.Screen;

    public static CancellationToken Patience => TestContext.Current.CancellationToken;

    /// <summary>Opens with a screen of 40 x 20, after which everything the client has sent is taken.</summary>
    public static async Task<RfbConversation> BeginAsync(params byte[][] announcements)
    {
        var server = new FakeRfbServer().Greets(40, 20);
        foreach (var announcement in announcements)
        {
            server.Updates(announcement);
        }

        server.Updates(FakeRfbServer.Raw(0, 0, 40, 20, Blue));
        var client = await ConnectAsync(server);
        await server.TakeSentAsync(OpeningLength + (RequestLength * (announcements.Length + 1)));
        var tracker = client.Screen.Track();
        tracker.TryTake(new FrameCopy());
        return new RfbConversation(server, client, tracker);
    }

    public static Task<RfbClient> ConnectAsync(FakeRfbServer server) =>
        RfbClient.ConnectAsync(server, new Framebuffer(), NullLogger.Instance, Patience).WaitAsync(TimeSpan.FromSeconds(20), Patience);

    /// <summary>Lets the server send an update and returns what is on the screen after it.</summary>
    public async Task<FrameCopy> ShowsAfterAsync(params byte[][] rectangles)
    {
        server.Updates(rectangles);
        await server.TakeSentAsync(RequestLength);
        return client.Screen.Capture();
    }

    /// <summary>Tiles damaged since the last call.</summary>
    public int DamagedTiles()
    {
        var copy = new FrameCopy();
        copy.Resize(client.Screen.Size.Width, client.Screen.Size.Height);
        return tracker.TryTake(copy) ? copy.Damage.Count : 0;
    }

    public Task<RfbEnd> EndsAsync() => client.Completion.WaitAsync(TimeSpan.FromSeconds(20), Patience);

    public async ValueTask DisposeAsync()
    {
        tracker.Dispose();
        await client.DisposeAsync();
    }
}
