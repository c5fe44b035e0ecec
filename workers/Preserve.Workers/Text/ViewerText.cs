using Microsoft.AspNetCore.SignalR;
using Preserve.Workers.Sessions;
using Preserve.Workers.Typing;

namespace Preserve.Workers.Text;

/// <summary>What one viewer reads of the machines' text, and what is typed for it. Disposing ends both. Safe for concurrent use.</summary>
internal sealed class ViewerText(IClientProxy client, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, TextSender> _readings = [];
    private readonly Dictionary<int, ViewerTyping> _typings = [];
    private bool _isLeaving;

    /// <summary>Starts or stops to send a machine's text. Does nothing for a machine without.</summary>
    public async Task ReadAsync(RunningMachine machine, bool isReading)
    {
        TextSender? stopped = null;
        lock (_lock)
        {
            var channel = machine.Channel;
            if (!isReading)
            {
                _readings.Remove(channel, out stopped);
            }
            else if (!_isLeaving && machine.Text is { } text && !_readings.ContainsKey(channel))
            {
                var codePage = machine.Machine.Definition.Profile.TextCodePage ?? "";
                _readings.Add(channel, new TextSender(
                    text, codePage, (message, token) => client.SendAsync("text", channel, message, token), time));
            }
        }

        if (stopped is not null)
        {
            await stopped.DisposeAsync();
        }
    }

    /// <summary>Starts to type a text and to tell how far it is. False while another one of this viewer is being typed there.</summary>
    public async Task<bool> TypeAsync(RunningMachine machine, TypeRequest request, Func<bool> mayGoOn)
    {
        ViewerTyping? over;
        lock (_lock)
        {
            var channel = machine.Channel;
            if (_isLeaving || (_typings.TryGetValue(channel, out over) && !over.IsOver))
            {
                return false;
            }

            _typings[channel] = new ViewerTyping(
                machine.Typing, request, mayGoOn, (message, token) => client.SendAsync("typing", channel, message, token), time);
        }

        if (over is not null)
        {
            await over.DisposeAsync();
        }

        return true;
    }

    /// <summary>Stops what is being typed for this viewer. Returns at once.</summary>
    public void StopTyping(int channel)
    {
        lock (_lock)
        {
            _typings.GetValueOrDefault(channel)?.Stop();
        }
    }

    public async ValueTask DisposeAsync()
    {
        IAsyncDisposable[] all;
        lock (_lock)
        {
            _isLeaving = true;
            all = [.. _readings.Values, .. _typings.Values];
            _readings.Clear();
            _typings.Clear();
        }

        foreach (var one in all)
        {
            await one.DisposeAsync();
        }
    }
}
