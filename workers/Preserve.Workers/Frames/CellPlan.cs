namespace Preserve.Workers.Frames;

/// <summary>How one cell is sent.</summary>
internal enum CellMode
{
    /// <summary>A cell of the cache.</summary>
    Cached,

    /// <summary>One colour.</summary>
    Solid,

    /// <summary>Pixel by pixel.</summary>
    Pixels,
}

/// <param name="Mode">How.</param>
/// <param name="Slot">Of a cached cell.</param>
/// <param name="Color">Of a solid cell.</param>
/// <param name="IsDelta">Pixels: most are as they were.</param>
/// <param name="IsDoubled">Pixels: each stands for a square of four.</param>
/// <param name="IsKept">Pixels: the cell enters the cache.</param>
internal readonly record struct CellPlan(
    CellMode Mode, int Slot = 0, uint Color = 0, bool IsDelta = false, bool IsDoubled = false, bool IsKept = false);
