namespace Preserve.Emulation.Display;

/// <summary>What one reader of a <see cref="Framebuffer"/> has not seen yet. Merged while the reader is busy, never queued.</summary>
/// <remarks>One reader at a time may wait and take. The framebuffer marks under its own lock.</remarks>
public sealed class DamageTracker : IDisposable
{
    private readonly Framebuffer _framebuffer;

    // Never disposed: it holds nothing but memory, and disposing would leave a waiting reader waiting for ever.
    private readonly SemaphoreSlim _signal = new(0, 1);
    private volatile bool _isDisposed;

    internal DamageTracker(Framebuffer framebuffer, int width, int height)
    {
        _framebuffer = framebuffer;
        Map = new DamageMap(width, height);
    }

    internal DamageMap Map { get; }

    internal bool Resized { get; private set; }

    internal bool CursorChanged { get; private set; }

    internal bool IsDamaged => Resized || CursorChanged || !Map.IsEmpty;

    /// <summary>Waits until something has changed since the last <see cref="TryTake"/>. May return early, and returns when disposed.</summary>
    /// <exception cref="ObjectDisposedException">Already disposed.</exception>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _signal.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Copies what has changed into <paramref name="into"/>, whose <see cref="FrameCopy.Damage"/> then tells where.
    /// False when nothing has, when the screen has no size yet, or when disposed.
    /// </summary>
    /// <remarks>The cost is in the changed tiles. The screen cannot be written meanwhile: at most for the time of copying all of it.</remarks>
    public bool TryTake(FrameCopy into) => _framebuffer.Take(this, into);

    /// <summary>Lets a waiting <see cref="WaitAsync"/> return although nothing has changed. Does nothing once disposed.</summary>
    public void Wake() => _framebuffer.Wake(this);

    public void Dispose()
    {
        _isDisposed = true;
        _framebuffer.Forget(this);
    }

    internal void Mark(DamageMap changed) => Map.Add(changed);

    internal void MarkResized(int width, int height)
    {
        Map.Resize(width, height);
        Map.Add(new Rectangle(0, 0, width, height));
        Resized = true;
    }

    internal void MarkCursor() => CursorChanged = true;

    internal void Reset()
    {
        Map.Clear();
        Resized = false;
        CursorChanged = false;
    }

    // Called under the framebuffer's lock, so the count cannot be raised twice.
    internal void Signal()
    {
        if (_signal.CurrentCount == 0)
        {
            _signal.Release();
        }
    }
}
