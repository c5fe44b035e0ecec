using System.Net.Sockets;
using System.Text;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>A monitor that sends what it is told, one byte at a time, and lets the test read what it was sent.</summary>
internal sealed class FakeMonitor : IAsyncDisposable
{
    public const string Greeting = """{"QMP":{"version":{},"capabilities":[]}}""";

    private readonly Socket _socket;

    public FakeMonitor()
    {
        var path = Path.Combine(Path.GetTempPath(), $"preserve-{Guid.NewGuid():N}.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        _socket = listener.Accept();
        File.Delete(path);
        Client = new NetworkStream(client, ownsSocket: true);
    }

    /// <summary>The client's end.</summary>
    public Stream Client { get; }

    public async Task SendAsync(string line)
    {
        foreach (var one in Encoding.UTF8.GetBytes(line + "\r\n"))
        {
            await _socket.SendAsync(new[] { one });
        }
    }

    /// <summary>The client's commands up to and with the one of this id.</summary>
    public async Task<string> ReceiveAsync(string id)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith($"\"id\":\"{id}\"}}", StringComparison.Ordinal) && await _socket.ReceiveAsync(one) > 0)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    /// <summary>Greets, and answers the negotiation.</summary>
    public async Task NegotiateAsync()
    {
        await SendAsync(Greeting);
        await ReceiveAsync("qmp_capabilities#1");
        await SendAsync("""{"return":{},"id":"qmp_capabilities#1"}""");
    }

    public void Close() => _socket.Dispose();

    public async ValueTask DisposeAsync()
    {
        Close();
        await Client.DisposeAsync();
    }
}
