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

    public void Resize(int width, int height)
    {
        Width = width;
        Height = height;
        Pixels = new uint[width * height];
        Damage.Resize(width, height);
        Resized = true;
    }

    internal void Receive(uint[] pixels, int width, int height, DamageTracker tracker)
    {
        Resized = false;
        if (Width != width || Height != height)
        {
            Resize(width, height);
        }

        Resized |= tracker.Resized;
        CursorChanged = tracker.CursorChanged;
        Damage.Clear();
        Damage.Add(tracker.Map);
        Damage.ForEach((column, row) => CopyTile(pixels, column, row));
    }

    private void CopyTile(uint[] pixels, int column, int row)
    {
        var area = new Rectangle(column * DamageMap.TileSize, row * DamageMap.TileSize, DamageMap.TileSize, DamageMap.TileSize)
            .ClipTo(Width, Height);
        for (var y = area.Y; y < area.Bottom; y++)
        {
            var start = (y * Width) + area.X;
            pixels.AsSpan(start, area.Width).CopyTo(Pixels.AsSpan(start));
        }
    }
}
