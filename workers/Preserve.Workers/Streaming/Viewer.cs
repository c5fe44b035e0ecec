using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Sessions;
using Preserve.Workers.Sound;
using Preserve.Workers.Text;
using Preserve.Workers.Watching;

namespace Preserve.Workers.Streaming;

/// <summary>One connection to a session: its role and everything that is sent to it. Safe for concurrent use.</summary>
internal sealed class Viewer : IAsyncDisposable
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, FrameViewer> _frames = [];
    private readonly Dictionary<int, (SoundCast Cast, SoundSender Sender)> _sounds = [];

    // One mark, however often the state changes before it is sent: what is sent is always the newest.
    private readonly Channel<bool> _stateChanges = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly LiveSession _session;
    private readonly IClientProxy _client;
    private readonly HubCallerContext _connection;
    private readonly ILogger _logger;
    private readonly Task _stating;
    private readonly PointerSender _pointers;
    private volatile Task _announcing = Task.CompletedTask;
    private volatile IReadOnlyList<RunningMachine> _machines = [];
    private bool _isVisible = true;
    private bool _isLeaving;
    private bool _isRefused;

    public Viewer(LiveSession session, Ticket ticket, IClientProxy client, HubCallerContext connection, TimeProvider time, ILogger logger)
    {
        (_session, TicketRole, Link, _client, _connection, _logger) = (session, ticket.Role, ticket.Link, client, connection, logger);
        Rate = new InputRate(time);
        Standing = new Standing(time);
        _pointers = new PointerSender(
            (mark, place, token) => _client.SendAsync("pointer", (int)mark, place.Machine, place.X, place.Y, token), time);
        Text = new ViewerText(client, time);
        _stating = SendStatesAsync();
    }

    public LiveSession Session => _session;

    public SessionRole TicketRole { get; }

    /// <summary>Whether its ticket was bought with the session's key.</summary>
    public bool IsOwner => TicketRole != SessionRole.Watch;

    /// <summary>The watch link it came by; null for an owner.</summary>
    public Guid? Link { get; }

    public Standing Standing { get; }

    public InputRate Rate { get; }

    /// <summary>What it reads of the machines' text, and what is typed for it.</summary>
    public ViewerText Text { get; }

    /// <summary>Tells this viewer where somebody else points. Returns at once.</summary>
    public void Show(PointerMark mark, PointerPlace place) => _pointers.Show(mark, place);

    public void StateChanged() => _stateChanges.Writer.TryWrite(true);

    /// <summary>
    /// Has the machines' screens sent from the next state on, which tells the page of them: a picture of a machine that it does not know is lost. Does
    /// nothing the second time, before there are machines, and after leaving.
    /// </summary>
    public void Attach(IReadOnlyList<RunningMachine> machines) => _machines = machines;

    /// <summary>What it gets of a machine's screen; null before and after it runs.</summary>
    public FrameViewer? Frames(int channel)
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

    /// <summary>Starts to send a machine's sound. Does nothing for a silent machine, and the second time.</summary>
    public Task ListenAsync(RunningMachine machine, SoundFormat format)
    {
        lock (_lock)
        {
            var channel = machine.Channel;
            if (_isLeaving || machine.Sound is not { } cast || _sounds.ContainsKey(channel))
            {
                return Task.CompletedTask;
            }

            var sender = new SoundSender(format, (packet, token) => _client.SendAsync("sound", channel, (int)format, packet, token));
            _sounds.Add(channel, (cast, sender));
            return cast.AddAsync(sender);
        }
    }

    /// <summary>Stops sending a machine's sound, and waits until that has stopped.</summary>
    public async Task StopListeningAsync(int channel)
    {
        (SoundCast Cast, SoundSender Sender) stopped;
        lock (_lock)
        {
            if (!_sounds.Remove(channel, out stopped))
            {
                return;
            }
        }

        await stopped.Cast.RemoveAsync(stopped.Sender);
        await stopped.Sender.DisposeAsync();
    }

    /// <summary>Stops sending pictures, sound and states, and waits until that has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        FrameViewer[] senders;
        int[] heard;
        lock (_lock)
        {
            _isLeaving = true;
            senders = [.. _frames.Values];
            heard = [.. _sounds.Keys];
            _frames.Clear();
        }

        _stateChanges.Writer.TryComplete();
        await Text.DisposeAsync();
        foreach (var sender in senders)
        {
            await sender.DisposeAsync();
        }

        foreach (var channel in heard)
        {
            await StopListeningAsync(channel);
        }

        await _pointers.DisposeAsync();
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

    /// <summary>Says why this viewer is sent away although the session goes on, and closes the connection.</summary>
    public async Task DismissAsync(Dismissal why)
    {
        await DisposeAsync();
        await SendAsync(StateMessages.Make(_session, this, null) with { State = "ended", Reason = why.Reason, Message = why.Message, Machines = [] });
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
            var machines = _machines;
            await SendStateAsync();
            Join(machines);
        }
    }

    private void Join(IReadOnlyList<RunningMachine> machines)
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
                _frames.Add(channel, machine.Stream.Join(_isVisible, (blob, token) => _client.SendAsync("frame", channel, blob, token), Failed));
            }
        }
    }

    private Task SendStateAsync(SessionEnd? end = null) => SendAsync(StateMessages.Make(_session, this, end));

    private async Task SendAsync(StateMessage state)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_connection.ConnectionAborted);
        patience.CancelAfter(FarewellTime);
        try
        {
            await _client.SendAsync("state", state, patience.Token);
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
