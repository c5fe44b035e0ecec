using System.Net;
using System.Net.Sockets;

namespace Preserve.Web.BrowserTests.Running;

/// <summary>The network between a browser and the service, on a port of its own; it can be cut and mended.</summary>
public sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private readonly List<Socket> _ends = [];
    private readonly List<Task> _passing = [];
    private readonly Uri _service;
    private readonly Task _accepting;
    private bool _isCut;

    public Cable(Uri service)
    {
        _service = service;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Breaks every connection, and each new one until it is mended.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            _ends.ForEach(end => end.Close());
            _ends.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            _isCut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_passing);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var browser = await _listener.AcceptSocketAsync(_ending.Token);
                var service = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await service.ConnectAsync(_service.Host, _service.Port, _ending.Token);
                Connect(browser, service);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private void Connect(Socket browser, Socket service)
    {
        lock (_lock)
        {
            if (_isCut)
            {
                browser.Close();
                service.Close();
                return;
            }

            _ends.AddRange([browser, service]);
            _passing.AddRange([PassAsync(browser, service), PassAsync(service, browser)]);
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var bytes = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes, _ending.Token) is > 0 and var length)
            {
                for (var sent = 0; sent < length;)
                {
                    sent += await to.SendAsync(bytes.AsMemory(sent, length - sent), _ending.Token);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut, or one end has gone: then the other goes too.
            to.Close();
        }
    }
}
