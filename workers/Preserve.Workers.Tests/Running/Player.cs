using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Workers.Frames;
using Preserve.Workers.Streaming;

namespace Preserve.Workers.Tests.Running;

/// <summary>A player without a page: connects, decodes, acknowledges.</summary>
public sealed class Player : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly FrameDecoder _decoder = new();
    private readonly Lock _lock = new();
    private readonly List<StateMessage> _states = [];
    private readonly HashSet<(int Width, int Height)> _sizes = [];
    private readonly List<SoundMessage> _sounds = [];

    private Player(HubConnection connection) => _connection = connection;

    public HubConnection Connection => _connection;

    public int Blobs { get; private set; }

    public int Keyframes { get; private set; }

    /// <summary>Sizes of the pictures so far, each once.</summary>
    public IReadOnlyCollection<(int Width, int Height)> Sizes
    {
        get
        {
            lock (_lock)
            {
                return [.. _sizes];
            }
        }
    }

    public bool IsAcknowledging { get; set; } = true;

    public Exception? Failure { get; private set; }

    public bool IsClosed { get; private set; }

    public StateMessage? State
    {
        get
        {
            lock (_lock)
            {
                return _states.LastOrDefault();
            }
        }
    }

    /// <summary>Every message of sound so far.</summary>
    public IReadOnlyList<SoundMessage> Sounds
    {
        get
        {
            lock (_lock)
            {
                return [.. _sounds];
            }
        }
    }

    /// <summary>A digest of the picture, or 0 before there is one.</summary>
    public int Picture
    {
        get
        {
            lock (_lock)
            {
                var hash = default(HashCode);
                foreach (var pixel in _decoder.Pixels)
                {
                    hash.Add(pixel);
                }

                return _decoder.Width == 0 ? 0 : hash.ToHashCode();
            }
        }
    }

    /// <summary>How many pixels are not black.</summary>
    public int Lit
    {
        get
        {
            lock (_lock)
            {
                return _decoder.Pixels.Length - _decoder.Pixels.Count(0u);
            }
        }
    }

    public static async Task<Player> ConnectAsync(Worker worker, string ticket, string? origin = null)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(worker.Address, $"/hub/session?access_token={ticket}"), options =>
            {
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
                if (origin is not null)
                {
                    options.Headers.Add("Origin", origin);
                }
            })
            .AddMessagePackProtocol()
            .Build();
        var player = new Player(connection);
        connection.On<StateMessage>("state", player.Receive);
        connection.On<int, byte[]>("frame", player.ReceiveAsync);
        connection.On<int, int, byte[]>("sound", (machine, format, packet) => player.Receive(new SoundMessage(machine, format, packet)));
        connection.Closed += _ =>
        {
            player.IsClosed = true;
            return Task.CompletedTask;
        };
        await connection.StartAsync(TestContext.Current.CancellationToken);
        return player;
    }

    /// <summary>The HTTP status with which a connection is refused.</summary>
    public static async Task<HttpStatusCode> RefusalAsync(Worker worker, string query, string? origin = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        var address = new UriBuilder(worker.Address) { Scheme = "ws", Path = "/hub/session", Query = query }.Uri;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, TestContext.Current.CancellationToken));
        return socket.HttpStatusCode;
    }

    public Task StateAsync(string state) => Waiting.UntilAsync(() => State?.State == state, $"the state {state}");

    public Task SendAsync(string method, params object?[] arguments) =>
        _connection.SendCoreAsync(method, arguments, TestContext.Current.CancellationToken);

    /// <summary>Calls a method that answers with words when it refuses.</summary>
    public Task<string?> AskAsync(string method, params object?[] arguments) =>
        _connection.InvokeCoreAsync<string?>(method, arguments, TestContext.Current.CancellationToken);

    /// <summary>Notes every <c>pointer</c> message.</summary>
    public void NotePointers(ConcurrentQueue<(int Mark, int X, int Y)> places) =>
        _connection.On<int, int, int, int>("pointer", (mark, _, x, y) => places.Enqueue((mark, x, y)));

    public async Task TypeAsync(int scancode)
    {
        await SendAsync("Key", 0, scancode, 0u, true);
        await SendAsync("Key", 0, scancode, 0u, false);
    }

    /// <summary>Waits until there is a picture that stays as it is, but for a cursor.</summary>
    /// <returns>How many of its pixels are lit.</returns>
    public async Task<int> LitPictureAsync(int atLeast)
    {
        const int Cursor = 40;
        var (lit, same) = (0, 0);
        await Waiting.UntilAsync(
            () =>
            {
                var now = Lit;
                same = Math.Abs(now - lit) <= Cursor ? same + 1 : 0;
                lit = now;
                return Failure is not null || (now >= atLeast && same > 40);
            },
            $"a picture with {atLeast} lit pixels",
            () => $"{Lit} lit pixels after {Blobs} blobs");
        Assert.Null(Failure);
        return lit;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Receive(StateMessage state)
    {
        lock (_lock)
        {
            _states.Add(state);
        }
    }

    private void Receive(SoundMessage sound)
    {
        lock (_lock)
        {
            _sounds.Add(sound);
        }
    }

    private async Task ReceiveAsync(int machine, byte[] blob)
    {
        uint sequence;
        lock (_lock)
        {
            try
            {
                _decoder.Decode(blob);
            }
            catch (FrameFormatException e)
            {
                Failure = e;
            }

            Blobs++;
            _sizes.Add((_decoder.Width, _decoder.Height));
            Keyframes += (blob[0] & FrameFormat.KeyframeFlag) != 0 ? 1 : 0;
            sequence = _decoder.Sequence;
        }

        if (IsAcknowledging)
        {
            await _connection.SendAsync("Ack", machine, sequence);
        }
    }
}

/// <summary>One <c>sound</c> message as it came.</summary>
public sealed record SoundMessage(int Machine, int Format, byte[] Packet);
