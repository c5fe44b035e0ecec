using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using Preserve.Sandbox.Hostile;

namespace Preserve.Emulation.Qemu;

/// <summary>One connection to a QEMU monitor socket (QEMU, docs/interop/qmp-spec). Safe for concurrent callers.</summary>
/// <remarks>
/// QEMU answers on one stream with replies, told apart by id, and events, which come at any time.
/// A single reader owns that stream and hands replies to their caller and events to <see cref="Events"/>.
/// When the stream ends, for whatever reason, every caller who waits is told.
/// </remarks>
public sealed class QmpClient : IAsyncDisposable
{
    private const int EventCapacity = 256;

    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly Task _reading;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _pending = new();
    private readonly Channel<QmpEvent> _events = Channel.CreateBounded<QmpEvent>(
        new BoundedChannelOptions(EventCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
    private volatile QmpException? _ended;
    private int _lastId;

    private QmpClient(Stream stream, TimeProvider time)
    {
        _stream = stream;
        _time = time;
        _reading = ReadAsync();
    }

    /// <summary>Longest wait for a reply. Default 10 seconds.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Guest and machine events, oldest first; the oldest are dropped when nobody reads. Completes when the monitor has closed.</summary>
    public ChannelReader<QmpEvent> Events => _events.Reader;

    /// <summary>Connects and leaves QEMU's negotiation mode, after which every command is available.</summary>
    /// <exception cref="QmpException">The peer closed the socket, is no QEMU monitor, or refused the negotiation.</exception>
    /// <exception cref="SocketException">Nobody listens on the socket.</exception>
    public static async Task<QmpClient> ConnectAsync(string socketPath, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return await ConnectAsync(new NetworkStream(socket, ownsSocket: true), time, cancellationToken);
    }

    /// <summary>As above, over a stream that the client then owns.</summary>
    /// <exception cref="QmpException">The peer closed the stream, is no QEMU monitor, or refused the negotiation.</exception>
    public static async Task<QmpClient> ConnectAsync(Stream stream, TimeProvider time, CancellationToken cancellationToken)
    {
        var client = new QmpClient(stream, time);
        try
        {
            await client.WaitAsync(client._greeting.Task, "greeting", cancellationToken);
            await client.ExecuteAsync("qmp_capabilities", null, cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a command and waits for its reply.</summary>
    /// <exception cref="QmpException">QEMU refused the command, did not answer in time, or the monitor closed before the reply.</exception>
    public Task<JsonElement> ExecuteAsync(string command, object? arguments, CancellationToken cancellationToken) =>
        ExecuteAsync(command, arguments, null, cancellationToken);

    /// <summary>Gives QEMU an open file, by which it is called from then on as <c>fd:NAME</c> (QMP <c>getfd</c>). The caller's own stays open.</summary>
    /// <exception cref="QmpException">QEMU refused it, or the monitor is no unix socket or has closed.</exception>
    public Task GiveFileAsync(string name, SafeHandle file, CancellationToken cancellationToken) =>
        ExecuteAsync("getfd", new { fdname = name }, file, cancellationToken);

    private async Task<JsonElement> ExecuteAsync(string command, object? arguments, SafeHandle? file, CancellationToken cancellationToken)
    {
        var id = $"{command}#{Interlocked.Increment(ref _lastId)}";
        var message = JsonSerializer.SerializeToUtf8Bytes(new { execute = command, arguments = arguments ?? new { }, id });
        var reply = _pending[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await WriteAsync(message, file, command, cancellationToken);
            if (_ended is { } reason)
            {
                // The reader may have gone over the waiting callers before this one was among them.
                reply.TrySetException(reason);
            }

            await WaitAsync(reply.Task, command, cancellationToken);
            return await reply.Task;
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _reading;
    }

    private async Task WaitAsync(Task task, string command, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(CommandTimeout, _time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new QmpException(QmpException.TimedOut, $"QEMU did not answer {command} within {CommandTimeout.TotalSeconds:0} s.", e);
        }
    }

    private async Task WriteAsync(byte[] message, SafeHandle? file, string command, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CommandTimeout, _time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await _writing.WaitAsync(waiting.Token);
            try
            {
                // The caller cannot cancel from here: half a command would leave the stream unusable for every later caller.
                await (file is null ? _stream.WriteAsync(message, timeout.Token) : Send(message, file));
            }
            catch (OperationCanceledException)
            {
                // Half of the command may have been sent, so the connection is over.
                await _stream.DisposeAsync();
                throw;
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new QmpException(QmpException.TimedOut, $"QEMU did not read {command} within {CommandTimeout.TotalSeconds:0} s.", e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            throw _ended ?? new QmpException(QmpException.Closed, $"The monitor closed before {command} was sent.", e);
        }
    }

    private ValueTask Send(byte[] message, SafeHandle file)
    {
        var socket = (_stream as NetworkStream)?.Socket ?? throw new IOException("Only a socket can take a file.");
        DescriptorSender.Send(socket, message, file);
        return default;
    }

    private async Task ReadAsync()
    {
        var reason = new QmpException(QmpException.Closed, "The monitor closed before QEMU replied.");
        try
        {
            await using var lines = new QmpLines(_stream);
            while (await lines.ReadAsync() is { } message)
            {
                Dispatch(message);
            }
        }
        catch (QmpException e)
        {
            reason = e;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            reason = new QmpException(QmpException.Closed, "The monitor broke off before QEMU replied.", e);
        }

        _ended = reason;
        await _stream.DisposeAsync();
        _greeting.TrySetException(reason);
        _ = _greeting.Task.Exception;
        _events.Writer.Complete();
        foreach (var reply in _pending.Values)
        {
            reply.TrySetException(reason);
        }
    }

    private void Dispatch(JsonElement message)
    {
        if (message.TryGetProperty("QMP", out _))
        {
            _greeting.TrySetResult();
        }
        else if (message.TryGetProperty("event", out var name) && name.ValueKind == JsonValueKind.String)
        {
            _events.Writer.TryWrite(new QmpEvent(name.GetString()!, message.TryGetProperty("data", out var data) ? data : default));
        }
        else if (message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            && _pending.TryGetValue(id.GetString()!, out var reply))
        {
            Answer(reply, message);
        }
    }

    private static void Answer(TaskCompletionSource<JsonElement> reply, JsonElement message)
    {
        if (message.TryGetProperty("return", out var value))
        {
            reply.TrySetResult(value);
        }
        else if (message.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            && Text(error, "class") is { } errorClass && Text(error, "desc") is { } description)
        {
            reply.TrySetException(new QmpException(errorClass, description));
        }
        else
        {
            reply.TrySetException(new QmpException(QmpException.Broken, "QEMU answered with neither a result nor an error."));
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
