using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Preserve.Catalog.Tests.Ingest;

/// <summary>Speaks clamd's protocol on a port, reading and answering one byte at a time; finds a virus wherever bytes say so.</summary>
internal sealed class FakeClamd : IAsyncDisposable
{
    public const string Marker = "X-TEST-VIRUS";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    public FakeClamd()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What it says whatever it gets; null for a verdict.</summary>
    public string? Says { get; set; }

    /// <summary>Whether it takes connections and never answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Longest stream it takes before it says so and hangs up.</summary>
    public int StreamMaxLength { get; set; } = int.MaxValue;

    /// <summary>Bytes of all streams.</summary>
    public long Received { get; private set; }

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _serving;
        _ending.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                Connections++;
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or IOException or EndOfStreamException)
        {
            // The test is over, or the client hung up.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var command = new StringBuilder();
        for (byte next; (next = await ByteAsync(stream)) != 0;)
        {
            command.Append((char)next);
        }

        if (command.ToString() != "zINSTREAM")
        {
            await SayAsync(stream, "UNKNOWN COMMAND");
            return;
        }

        using var content = new MemoryStream();
        while (true)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian([await ByteAsync(stream), await ByteAsync(stream), await ByteAsync(stream), await ByteAsync(stream)]);
            if (length == 0)
            {
                break;
            }

            if (content.Length + length > StreamMaxLength)
            {
                await SayAsync(stream, "INSTREAM size limit exceeded. ERROR");
                return;
            }

            for (var left = length; left > 0; left--)
            {
                content.WriteByte(await ByteAsync(stream));
            }
        }

        Received += content.Length;
        if (IsSilent)
        {
            await Task.Delay(Timeout.Infinite, _ending.Token);
        }

        var isInfected = Encoding.Latin1.GetString(content.ToArray()).Contains(Marker, StringComparison.Ordinal);
        await SayAsync(stream, Says ?? (isInfected ? "stream: Test.Virus-1 FOUND" : "stream: OK"));
    }

    private async Task<byte> ByteAsync(NetworkStream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, _ending.Token);
        return one[0];
    }

    private async Task SayAsync(NetworkStream stream, string words)
    {
        foreach (var one in Encoding.ASCII.GetBytes($"{words}\0"))
        {
            await stream.WriteAsync(new[] { one }, _ending.Token);
        }
    }
}
