using System.Net.Sockets;
using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Text;

namespace Preserve.Workers.Typing;

/// <summary>Types text on one machine of a session, one text at a time. Disposing stops it and waits until no key is pressed any more. Safe for concurrent use.</summary>
internal sealed class MachineTyping(IMachine machine, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _stopping;
    private Task _typing = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Whether a text is being typed now. Nobody else's keys may come between: a Ctrl that is held makes another key of each.</summary>
    public bool IsTyping
    {
        get
        {
            lock (_lock)
            {
                return !_typing.IsCompleted;
            }
        }
    }

    /// <summary>The plan for a text, or why there is none.</summary>
    public (TypingPlan? Plan, TypeResult? Refusal) Plan(TypeRequest request)
    {
        var profile = machine.Definition.Profile;
        if (request.Text.Length > TypingPlan.LongestText)
        {
            return (null, new TypeResult(TypeOutcome.TooLong, 0, request.Text.Length, []));
        }

        if (KeyboardLayout.Find(request.Layout ?? profile.KeyboardLayout) is not { } layout)
        {
            return (null, new TypeResult(TypeOutcome.NoSuchLayout, 0, request.Text.Length, []));
        }

        return (TypingPlan.Make(request.Text, layout, request.ByNumber ? CodePage.Find(profile.TextCodePage) : null), null);
    }

    /// <summary>Types a text to its end.</summary>
    /// <param name="request">What to type.</param>
    /// <param name="typed">Told after each character how many of how many are done.</param>
    /// <param name="cancellationToken">Stops it, as <see cref="Stop"/> does.</param>
    public async Task<TypeResult> TypeAsync(TypeRequest request, Action<int, int> typed, CancellationToken cancellationToken)
    {
        var (plan, refusal) = Plan(request);
        if (plan is null)
        {
            return refusal!;
        }

        if (plan.Unknown.Count > 0 && !request.SkipUnknown)
        {
            return new TypeResult(TypeOutcome.HasUnknown, 0, plan.Characters.Count, plan.Unknown);
        }

        Task<TypeResult> typing;
        lock (_lock)
        {
            if (_isDisposed)
            {
                return new TypeResult(TypeOutcome.NotRunning, 0, plan.Characters.Count, []);
            }

            if (!_typing.IsCompleted)
            {
                return new TypeResult(TypeOutcome.Busy, 0, plan.Characters.Count, []);
            }

            _stopping?.Dispose();
            _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var stop = _stopping.Token;
            _typing = typing = Task.Run(() => RunAsync(plan, typed, stop), CancellationToken.None);
        }

        return await typing;
    }

    /// <summary>Stops what is being typed. Returns at once.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopping?.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task typing;
        lock (_lock)
        {
            _isDisposed = true;
            _stopping?.Cancel();
            typing = _typing;
        }

        await typing;
        _stopping?.Dispose();
    }

    private async Task<TypeResult> RunAsync(TypingPlan plan, Action<int, int> typed, CancellationToken cancellationToken)
    {
        var total = plan.Characters.Count;
        var done = 0;
        var interval = TimeSpan.FromMilliseconds(machine.Definition.Profile.KeyIntervalMilliseconds);
        var typist = new Typist(machine.Input, machine.KeyBuffer, interval, time);
        try
        {
            await machine.Input.ReleaseAllAsync(cancellationToken);
            var isWhole = await typist.TypeAsync(plan.Characters, count => typed(done = count, total), cancellationToken);
            return new TypeResult(isWhole ? TypeOutcome.Typed : TypeOutcome.Stuck, done, total, [.. plan.Unknown.Union(typist.NotTaken)]);
        }
        catch (Exception e) when (e is OperationCanceledException or MachineException or IOException or SocketException or ObjectDisposedException)
        {
            // Stopped, or the machine is ending: who watches over it tells the visitor.
            return new TypeResult(TypeOutcome.Stopped, done, total, [.. plan.Unknown.Union(typist.NotTaken)]);
        }
    }
}
