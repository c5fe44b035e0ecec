using System.Runtime.InteropServices;

namespace Preserve.Emulation.Display;

/// <summary>
/// The screen of one machine as it is now. One writer (the display client) and any number of readers, each with a
/// <see cref="DamageTracker"/> of its own. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A pixel is one <see cref="uint"/>, 0x00RRGGBB (Bgrx32 in memory on a little-endian host); the top byte is always 0.
/// Damage is what differs, not what was written: pixels that are written again as they were damage nothing.
/// </remarks>
public sealed class Framebuffer
{
    /// <summary>Widest and tallest screen accepted, in pixels.</summary>
    public const int MaximumSide = 4096;

    private readonly Lock _lock = new();
    private readonly List<DamageTracker> _trackers = [];
    private readonly DamageMap _changed = new(0, 0);
    private uint[] _pixels = [];
    private int _width;
    private int _height;
    private CursorImage? _cursor;
    private bool _isUpdating;
    private long _generation;

    /// <summary>Counts every change of the screen, so that a reader can tell whether anything happened at all.</summary>
    public long Generation => Volatile.Read(ref _generation);

    public (int Width, int Height) Size
    {
        get
        {
            lock (_lock)
            {
                return (_width, _height);
            }
        }
    }

    /// <summary>Starts to follow changes. The tracker begins with the whole screen damaged.</summary>
    public DamageTracker Track()
    {
        lock (_lock)
        {
            var tracker = new DamageTracker(this, _width, _height);
            tracker.MarkResized(_width, _height);
            tracker.MarkCursor();
            tracker.Signal();
            _trackers.Add(tracker);
            return tracker;
        }
    }

    /// <summary>
    /// Until <see cref="EndUpdate"/> readers are not woken, so that what belongs together is usually taken together.
    /// A reader that takes of its own accord meanwhile gets what is there, and the rest next time.
    /// </summary>
    public void BeginUpdate()
    {
        lock (_lock)
        {
            _isUpdating = true;
        }
    }

    /// <summary>Wakes every reader for which something has changed.</summary>
    public void EndUpdate()
    {
        lock (_lock)
        {
            _isUpdating = false;
            SignalDamaged();
        }
    }

    /// <summary>Gives the screen another size; it is black until written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not 1 to <see cref="MaximumSide"/>.</exception>
    public void Resize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaximumSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaximumSide);
        lock (_lock)
        {
            _pixels = new uint[width * height];
            _width = width;
            _height = height;
            _changed.Resize(width, height);
            foreach (var tracker in _trackers)
            {
                tracker.MarkResized(width, height);
            }

            Publish();
        }
    }

    /// <summary>Writes pixels, four bytes each (Bgrx32), rows without gaps. What lies outside the screen is dropped.</summary>
    /// <exception cref="ArgumentException">Fewer pixels than the area has.</exception>
    public void Write(Rectangle area, ReadOnlySpan<byte> bgrx)
    {
        var source = MemoryMarshal.Cast<byte, uint>(bgrx);
        if (source.Length < (long)area.Width * area.Height)
        {
            throw new ArgumentException($"{source.Length} pixels do not fill {area.Width} x {area.Height}.", nameof(bgrx));
        }

        lock (_lock)
        {
            var visible = area.ClipTo(_width, _height);
            if (visible.IsEmpty)
            {
                return;
            }

            for (var y = visible.Y; y < visible.Bottom; y++)
            {
                var from = source.Slice(((y - area.Y) * area.Width) + visible.X - area.X, visible.Width);
                PixelRow.Store(from, Row(visible.X, y, visible.Width), visible.X, y / DamageMap.TileSize, _changed);
            }

            PublishChanged();
        }
    }

    /// <summary>Moves pixels within the screen (CopyRect). Dropped when the source lies outside the screen, and what of the target does.</summary>
    public void Copy(int sourceX, int sourceY, Rectangle target)
    {
        lock (_lock)
        {
            var visible = target.ClipTo(_width, _height);
            var source = new Rectangle(sourceX + visible.X - target.X, sourceY + visible.Y - target.Y, visible.Width, visible.Height);
            if (visible.IsEmpty || source != source.ClipTo(_width, _height))
            {
                return;
            }

            var downwards = source.Y < visible.Y;
            for (var i = 0; i < visible.Height; i++)
            {
                // Downwards the last row goes first: it would be overwritten before it was read.
                var row = downwards ? visible.Height - 1 - i : i;
                var y = visible.Y + row;
                PixelRow.Move(
                    Row(source.X, source.Y + row, visible.Width), Row(visible.X, y, visible.Width), visible.X, y / DamageMap.TileSize, _changed);
            }

            PublishChanged();
        }
    }

    /// <summary>Sets the hardware cursor, or takes it away with null.</summary>
    public void SetCursor(CursorImage? cursor)
    {
        lock (_lock)
        {
            _cursor = cursor;
            foreach (var tracker in _trackers)
            {
                tracker.MarkCursor();
            }

            Publish();
        }
    }

    /// <summary>A copy of the whole screen, for a screenshot. Every tile of it counts as damaged.</summary>
    public FrameCopy Capture()
    {
        var copy = new FrameCopy();
        lock (_lock)
        {
            copy.Resize(_width, _height);
            copy.ReceiveAll(_pixels);
            copy.Cursor = _cursor;
        }

        return copy;
    }

    internal bool Take(DamageTracker tracker, FrameCopy into)
    {
        lock (_lock)
        {
            if (_width == 0 || !tracker.IsDamaged || !_trackers.Contains(tracker))
            {
                into.Damage.Clear();
                return false;
            }

            into.Receive(_pixels, _width, _height, tracker);
            into.Cursor = _cursor;
            tracker.Reset();
            return true;
        }
    }

    internal void Wake(DamageTracker tracker)
    {
        lock (_lock)
        {
            if (_trackers.Contains(tracker))
            {
                tracker.Signal();
            }
        }
    }

    internal void Forget(DamageTracker tracker)
    {
        lock (_lock)
        {
            if (_trackers.Remove(tracker))
            {
                tracker.Signal();
            }
        }
    }

    private Span<uint> Row(int x, int y, int width) => _pixels.AsSpan((y * _width) + x, width);

    private void PublishChanged()
    {
        if (_changed.IsEmpty)
        {
            return;
        }

        foreach (var tracker in _trackers)
        {
            tracker.Mark(_changed);
        }

        _changed.Clear();
        Publish();
    }

    private void Publish()
    {
        // Read without the lock by Generation; written only here, under the lock.
        Volatile.Write(ref _generation, _generation + 1);
        if (!_isUpdating)
        {
            SignalDamaged();
        }
    }

    private void SignalDamaged()
    {
        foreach (var tracker in _trackers)
        {
            if (tracker.IsDamaged)
            {
                tracker.Signal();
            }
        }
    }
}
