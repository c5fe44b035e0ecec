namespace Preserve.Workers.Typing;

/// <summary>Types one text for one viewer and tells it how far it is. Owns its task; disposing stops and awaits it.</summary>
internal sealed class ViewerTyping : IAsyncDisposable
{
    private static readonly TimeSpan TellInterval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private readonly Func<bool> _mayGoOn;
    private readonly Func<TypingMessage, CancellationToken, Task> _send;
    private readonly Task _running;
    private volatile int _typed;

    /// <param name="typing">What types.</param>
    /// <param name="request">What to type.</param>
    /// <param name="mayGoOn">Asked now and then: whoever has lost the controls types no more.</param>
    /// <param name="send">Hands one message over; never called twice at one time.</param>
    /// <param name="time">Clock for the messages.</param>
    public ViewerTyping(
        MachineTyping typing, TypeRequest request, Func<bool> mayGoOn, Func<TypingMessage, CancellationToken, Task> send, TimeProvider time)
    {
        (_mayGoOn, _send, _time) = (mayGoOn, send, time);
        _running = Task.Run(() => RunAsync(typing, request));
    }

    public bool IsOver => _running.IsCompleted;

    public void Stop() => _stopping.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(MachineTyping typing, TypeRequest request)
    {
        var typingAll = typing.TypeAsync(request, (typed, _) => _typed = typed, _stopping.Token);
        try
        {
            while (await Task.WhenAny(typingAll, Task.Delay(TellInterval, _time)) != typingAll)
            {
                if (!_mayGoOn())
                {
                    await _stopping.CancelAsync();
                }

                await _send(new TypingMessage { Typed = _typed, Total = request.Text.Length }, _stopping.Token);
            }

            var result = await typingAll;
            await _send(
                new TypingMessage { Typed = result.Typed, Total = result.Total, Outcome = Word(result.Outcome), Unknown = result.Unknown },
                CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The connection has gone, and with it whoever wanted to know.
        }

        await typingAll;
    }

    private static string Word(TypeOutcome outcome) => outcome switch
    {
        TypeOutcome.Typed => "typed",
        TypeOutcome.Stuck => "stuck",
        _ => "stopped",
    };
}
