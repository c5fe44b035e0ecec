namespace Preserve.Emulation.Display;

/// <summary>A reader's own copy of the screen, with what changed when it was last taken. Owned by one reader; not thread-safe.</summary>
public sealed class FrameCopy
{
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>0x00RRGGBB, row by row, width x height; replaced when the size changes.</summary>
    public uint[] Pixels { get; private set; } = [];

    /// <summary>The tiles that changed with the last take.</summary>
    public DamageMap Damage { get; } = new(0, 0);

    /// <summary>True when the last take changed the size; every tile is then damaged.</summary>
    public bool Resized { get; private set; }

    public bool CursorChanged { get; private set; }

    /// <summary>The hardware cursor, or null when the guest draws its own.</summary>
    public CursorImage? Cursor { get; internal set; }

    /// <summary>Takes another size; black, and nothing damaged.</summary>
    public void Resize(int width, int height)
    {
        Width = width;
        Height = height;
        Pixels = new uint[width * height];
        Damage.Resize(width, height);
        Resized = true;
    }

    internal void Receive(ReadOnlySpan<uint> pixels, int width, int height, DamageTracker tracker)
    {
        CursorChanged = tracker.CursorChanged;
        if (Width != width || Height != height)
        {
            // Also a copy that this tracker never filled: it lacks everything, whatever the tracker knows of it.
            Resize(width, height);
            ReceiveAll(pixels);
            return;
        }

        Resized = tracker.Resized;
        Damage.Clear();
        Damage.Add(tracker.Map);
        ReceiveDamaged(pixels);
    }

    internal void ReceiveAll(ReadOnlySpan<uint> pixels)
    {
        Damage.Add(new Rectangle(0, 0, Width, Height));
        pixels.CopyTo(Pixels);
    }

    private void ReceiveDamaged(ReadOnlySpan<uint> pixels)
    {
        var position = 0;
        while (Damage.TryFindRun(ref position, out var run))
        {
            var area = new Rectangle(
                run.Column * DamageMap.TileSize, run.Row * DamageMap.TileSize, run.Count * DamageMap.TileSize, DamageMap.TileSize)
                .ClipTo(Width, Height);
            for (var y = area.Y; y < area.Bottom; y++)
            {
                var start = (y * Width) + area.X;
                pixels.Slice(start, area.Width).CopyTo(Pixels.AsSpan(start));
            }
        }
    }
}
