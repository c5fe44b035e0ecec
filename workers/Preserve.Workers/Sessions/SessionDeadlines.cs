using Preserve.Catalog.Sessions;
using Preserve.Workers.Hosting;

namespace Preserve.Workers.Sessions;

/// <summary>Decides when a running session ends by the clock: time limit, nobody there, nobody touching. Safe for concurrent use.</summary>
internal sealed class SessionDeadlines(WorkerOptions options, TimeSpan timeLimit, SessionPurpose purpose, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _startedAt = time.GetTimestamp();
    private long _lastInputAt = time.GetTimestamp();
    private long _lookedAt = time.GetTimestamp();
    private long? _leftAt;
    private int _owners;
    private bool _hasHadOwner;

    /// <summary>Until the time limit; never negative.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            var left = timeLimit - time.GetElapsedTime(_startedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Somebody typed or moved.</summary>
    public void Touch() => Interlocked.Exchange(ref _lastInputAt, time.GetTimestamp());

    /// <summary>Somebody showed the key, or a ticket bought with it: nobody who does so is gone.</summary>
    public void Looked() => Interlocked.Exchange(ref _lookedAt, time.GetTimestamp());

    /// <summary>
    /// A connection of whoever holds the key has come. Coming counts as touching. Watchers never count, whatever they were handed: the session
    /// belongs to its owner.
    /// </summary>
    public void OwnerCame()
    {
        lock (_lock)
        {
            _owners++;
            _hasHadOwner = true;
            _leftAt = null;
        }

        Touch();
    }

    public void OwnerLeft()
    {
        lock (_lock)
        {
            _owners--;
            if (_owners == 0)
            {
                _leftAt = time.GetTimestamp();
            }
        }
    }

    /// <summary>Why the session is to end now; null when it may go on.</summary>
    public SessionEndReason? Due()
    {
        if (TimeLeft == TimeSpan.Zero)
        {
            return SessionEndReason.TimeLimit;
        }

        if (purpose is SessionPurpose.Test or SessionPurpose.Regress)
        {
            // No person sits there: whoever started it ends it.
            return null;
        }

        if (IsBrowserGone())
        {
            return SessionEndReason.BrowserGone;
        }

        return time.GetElapsedTime(Interlocked.Read(ref _lastInputAt)) >= options.IdleLimit ? SessionEndReason.Idle : null;
    }

    private bool IsBrowserGone()
    {
        lock (_lock)
        {
            var unseen = time.GetElapsedTime(Interlocked.Read(ref _lookedAt));
            return _leftAt is { } leftAt
                ? time.GetElapsedTime(leftAt) >= options.ReconnectGrace && unseen >= options.ReconnectGrace
                : !_hasHadOwner && unseen >= options.ConnectGrace;
        }
    }
}
