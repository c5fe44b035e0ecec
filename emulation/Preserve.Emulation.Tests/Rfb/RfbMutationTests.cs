using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Emulation.Display;
using Preserve.Emulation.Rfb;
using static Preserve.Emulation.Tests.Rfb.FakeRfbServer;

namespace Preserve.Emulation.Tests.Rfb;

/// <summary>A valid conversation with bytes changed, lost and added, by a fixed seed, so that a failure can be repeated.</summary>
public class RfbMutationTests
{
    private static readonly byte[] Greeting =
    [
        .. "RFB 003.008\n"u8, 1, 1, 0, 0, 0, 0, .. Word(40), .. Word(20),
        32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0, 0, 0, 0, 4, .. "QEMU"u8,
    ];

    private static readonly byte[] Conversation =
    [
        .. Update(Rectangle(1, 0, 40, 20, -257)), .. Update(Rectangle(0, 0, 40, 20, -258)), .. Update(Rectangle(0, 0, 40, 20, -259)),
        .. Update(Raw(0, 0, 40, 20, 0x112233)), .. Update(Rectangle(1, 1, 8, 2, -239, new byte[(8 * 2 * 4) + 2])),
        2, 3, 0, 0, 0, 0, 0, 0, 2, 65, 66, 255, 1, 0, 1, 255, 1, 0, 2, 0, 0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 255, 1, 0, 0,
        .. Update(Rectangle(20, 10, 10, 5, 1, [0, 0, 0, 0])), .. Update(Rectangle(0, 0, 64, 48, -223)), .. Update(Raw(60, 40, 4, 8, 0x445566)),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory(Timeout = 120_000), MemberData(nameof(Seeds))]
    public async Task A_mutated_conversation_ends_cleanly_or_as_a_protocol_error(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            // Half of them keep the greeting whole, so that the mutation is met by what comes after it.
            byte[] capture = i % 2 == 0 ? [.. Greeting, .. Mutate(Conversation, random)] : Mutate([.. Greeting, .. Conversation], random);
            await PlayAsync(capture, random.Next(1, 64));
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task The_conversation_cut_off_at_any_byte_ends_cleanly()
    {
        byte[] capture = [.. Greeting, .. Conversation];
        for (var length = 0; length < capture.Length; length += 7)
        {
            await PlayAsync(capture[..length], bytesAtATime: 5);
        }
    }

    private static async Task PlayAsync(byte[] capture, int bytesAtATime)
    {
        var server = new FakeRfbServer(bytesAtATime).Says(capture);
        server.HangsUp();
        var screen = new Framebuffer();
        RfbClient client;
        try
        {
            client = await RfbClient.ConnectAsync(server, screen, NullLogger.Instance, TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
        catch (RfbProtocolException)
        {
            Assert.True(server.IsDisposed);
            return;
        }

        await using (client)
        {
            var end = await client.Completion.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.True(end.Cause is RfbEndCause.PeerClosed or RfbEndCause.ProtocolBroken, end.ToString());
        }

        Assert.True(screen.Size is { Width: <= 4096, Height: <= 4096 });
        Assert.True(server.LargestRead <= 256 * 1024);
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)255;
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Update(byte[] rectangle) => [0, 0, 0, 1, .. rectangle];
}
