namespace Preserve.Emulation.Display;

/// <summary>What one reader of a <see cref="Framebuffer"/> has not seen yet. Merged while the reader is busy, never queued.</summary>
/// <remarks>One reader at a time may wait and take. The framebuffer marks under its own lock.</remarks>
public sealed class DamageTracker : IDisposable
{
    private readonly Framebuffer _framebuffer;
    private readonly SemaphoreSlim _signal = new(0, 1);

    internal DamageTracker(Framebuffer framebuffer, int width, int height)
    {
        _framebuffer = framebuffer;
        Map = new DamageMap(width, height);
    }

    internal DamageMap Map { get; }

    internal bool Resized { get; private set; }

    internal bool CursorChanged { get; private set; }

    internal bool IsDamaged => Resized || CursorChanged || !Map.IsEmpty;

    /// <summary>Waits until something has changed since the last <see cref="TryTake"/>. May return early.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    /// <summary>
    /// Copies what has changed into <paramref name="into"/>, whose <see cref="FrameCopy.Damage"/> then tells where.
    /// False when nothing has.
    /// </summary>
    public bool TryTake(FrameCopy into) => _framebuffer.Take(this, into);

    public void Dispose()
    {
        _framebuffer.Forget(this);
        _signal.Dispose();
    }

    internal void Mark(Rectangle area)
    {
        Map.Add(area);
        Signal();
    }

    internal void MarkResized(int width, int height)
    {
        Map.Resize(width, height);
        Map.Add(new Rectangle(0, 0, width, height));
        Resized = true;
        Signal();
    }

    internal void MarkCursor()
    {
        CursorChanged = true;
        Signal();
    }

    internal void Reset()
    {
        Map.Clear();
        Resized = false;
        CursorChanged = false;
    }

    // Called under the framebuffer's lock, so the count cannot be raised twice.
    private void Signal()
    {
        if (_signal.CurrentCount == 0)
        {
            _signal.Release();
        }
    }
}
