using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Streaming;

/// <summary>One connection to a session: its role and everything that is sent to it. Safe for concurrent use.</summary>
internal sealed class Viewer : IAsyncDisposable
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, FrameSender> _frames = [];
    private readonly Dictionary<int, SoundSender> _sounds = [];

    // One mark, however often the state changes before it is sent: what is sent is always the newest.
    private readonly Channel<bool> _stateChanges = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly LiveSession _session;
    private readonly IClientProxy _client;
    private readonly HubCallerContext _connection;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _stating;
    private volatile Task _announcing = Task.CompletedTask;
    private bool _isVisible = true;
    private bool _isLeaving;
    private bool _isRefused;

    public Viewer(LiveSession session, SessionRole role, IClientProxy client, HubCallerContext connection, TimeProvider time, ILogger logger)
    {
        (_session, TicketRole, _client, _connection, _time, _logger) = (session, role, client, connection, time, logger);
        Rate = new InputRate(time);
        _stating = SendStatesAsync();
    }

    public LiveSession Session => _session;

    public SessionRole TicketRole { get; }

    public InputRate Rate { get; }

    public void StateChanged() => _stateChanges.Writer.TryWrite(true);

    /// <summary>Starts to send the machines' screens. Does nothing the second time, before there are machines, and after leaving.</summary>
    public void Attach(IReadOnlyList<RunningMachine> machines)
    {
        lock (_lock)
        {
            if (_isLeaving || _frames.Count > 0)
            {
                return;
            }

            foreach (var machine in machines)
            {
                var channel = machine.Channel;
                var sender = new FrameSender(
                    machine.Machine.Screen, (blob, token) => _client.SendAsync("frame", channel, blob, token), Failed, _time);
                sender.SetVisible(_isVisible);
                _frames.Add(channel, sender);
            }
        }
    }

    /// <summary>The sender of a machine's screen; null before and after it runs.</summary>
    public FrameSender? Frames(int channel)
    {
        lock (_lock)
        {
            return _frames.GetValueOrDefault(channel);
        }
    }

    public void SetVisible(bool isVisible)
    {
        lock (_lock)
        {
            _isVisible = isVisible;
            foreach (var sender in _frames.Values)
            {
                sender.SetVisible(isVisible);
            }
        }
    }

    public bool IsListening(int channel)
    {
        lock (_lock)
        {
            return _sounds.ContainsKey(channel);
        }
    }

    /// <summary>Starts or stops to send a machine's sound. Does nothing for a silent machine.</summary>
    public async Task ListenAsync(RunningMachine machine, bool isListening)
    {
        SoundSender? stopped = null;
        lock (_lock)
        {
            var channel = machine.Channel;
            if (!isListening)
            {
                _sounds.Remove(channel, out stopped);
            }
            else if (!_isLeaving && machine.Machine.Sound is { } sound && !_sounds.ContainsKey(channel))
            {
                _sounds.Add(channel, new SoundSender(
                    sound, (part, token) => _client.SendAsync("sound", channel, SoundSender.PcmFormat, part, token)));
            }
        }

        if (stopped is not null)
        {
            await stopped.DisposeAsync();
        }
    }

    /// <summary>Stops sending pictures, sound and states, and waits until that has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        IAsyncDisposable[] senders;
        lock (_lock)
        {
            _isLeaving = true;
            senders = [.. _frames.Values, .. _sounds.Values];
            _frames.Clear();
            _sounds.Clear();
        }

        _stateChanges.Writer.TryComplete();
        foreach (var sender in senders)
        {
            await sender.DisposeAsync();
        }

        await _stating;
        await _announcing;
    }

    /// <summary>Sends how the session stands for the last time, and closes the connection.</summary>
    public async Task SayFarewellAsync()
    {
        await DisposeAsync();
        await SendStateAsync();
        _connection.Abort();
    }

    /// <summary>Says that the service stops, as far as the connection still takes it. Returns at once.</summary>
    public void AnnounceStop() => _announcing = SendStateAsync(new SessionEnd(SessionEndReason.ServiceStopped, "The service is being stopped."));

    /// <summary>Ends this connection because of what it sent.</summary>
    public void Refuse(string what)
    {
        if (Interlocked.Exchange(ref _isRefused, true))
        {
            // More of the same was on its way already.
            return;
        }

        _logger.LogWarning("Session {Session}: a connection sent {What} and was closed", _session.Plan.Id, what);
        _connection.Abort();
    }

    private async Task SendStatesAsync()
    {
        await foreach (var _ in _stateChanges.Reader.ReadAllAsync())
        {
            await SendStateAsync();
        }
    }

    private async Task SendStateAsync(SessionEnd? end = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_connection.ConnectionAborted);
        patience.CancelAfter(FarewellTime);
        try
        {
            await _client.SendAsync("state", StateMessages.Make(_session, this, end), patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Gone, or it does not read: the next state, or the end, comes all the same.
        }
    }

    private void Failed(Exception problem)
    {
        _logger.LogError(problem, "Session {Session}: pictures could not be sent; the connection was closed", _session.Plan.Id);
        _connection.Abort();
    }
}
