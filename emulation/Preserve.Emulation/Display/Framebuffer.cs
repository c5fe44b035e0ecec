using System.Runtime.InteropServices;

namespace Preserve.Emulation.Display;

/// <summary>
/// The screen of one machine as it is now. One writer (the display client) and any number of readers, each with a
/// <see cref="DamageTracker"/> of its own. Safe for concurrent use.
/// </summary>
/// <remarks>A pixel is one <see cref="uint"/>, 0x00RRGGBB (Bgrx32 in memory on a little-endian host); the top byte is always 0.</remarks>
public sealed class Framebuffer
{
    /// <summary>Widest and tallest screen accepted, in pixels.</summary>
    public const int MaximumSide = 4096;

    private readonly Lock _lock = new();
    private readonly List<DamageTracker> _trackers = [];
    private uint[] _pixels = [];
    private int _width;
    private int _height;
    private CursorImage? _cursor;
    private long _generation;

    /// <summary>Counts every change of the screen, so that a reader can tell whether anything happened at all.</summary>
    public long Generation => Interlocked.Read(ref _generation);

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
            _trackers.Add(tracker);
            return tracker;
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
            _generation++;
            foreach (var tracker in _trackers)
            {
                tracker.MarkResized(width, height);
            }
        }
    }

    /// <summary>Writes pixels, four bytes each (Bgrx32), rows without gaps. What lies outside the screen is dropped.</summary>
    public void Write(Rectangle area, ReadOnlySpan<byte> bgrx)
    {
        var source = MemoryMarshal.Cast<byte, uint>(bgrx);
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
                var to = _pixels.AsSpan((y * _width) + visible.X, visible.Width);
                for (var i = 0; i < to.Length; i++)
                {
                    to[i] = from[i] & 0x00FFFFFF;
                }
            }

            MarkDamaged(visible);
        }
    }

    /// <summary>Moves pixels within the screen (CopyRect). What lies outside the screen is dropped.</summary>
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
                var row = downwards ? visible.Height - 1 - i : i;
                var from = _pixels.AsSpan(((source.Y + row) * _width) + source.X, visible.Width);
                from.CopyTo(_pixels.AsSpan(((visible.Y + row) * _width) + visible.X, visible.Width));
            }

            MarkDamaged(visible);
        }
    }

    /// <summary>Sets the hardware cursor, or takes it away with null.</summary>
    public void SetCursor(CursorImage? cursor)
    {
        lock (_lock)
        {
            _cursor = cursor;
            _generation++;
            foreach (var tracker in _trackers)
            {
                tracker.MarkCursor();
            }
        }
    }

    /// <summary>A copy of the whole screen, for a screenshot.</summary>
    public FrameCopy Capture()
    {
        var copy = new FrameCopy();
        lock (_lock)
        {
            copy.Resize(_width, _height);
            _pixels.CopyTo(copy.Pixels, 0);
            copy.Cursor = _cursor;
        }

        return copy;
    }

    internal bool Take(DamageTracker tracker, FrameCopy into)
    {
        lock (_lock)
        {
            if (!tracker.IsDamaged)
            {
                return false;
            }

            into.Receive(_pixels, _width, _height, tracker);
            into.Cursor = _cursor;
            tracker.Reset();
            return true;
        }
    }

    internal void Forget(DamageTracker tracker)
    {
        lock (_lock)
        {
            _trackers.Remove(tracker);
        }
    }

    private void MarkDamaged(Rectangle area)
    {
        _generation++;
        foreach (var tracker in _trackers)
        {
            tracker.Mark(area);
        }
    }
}
