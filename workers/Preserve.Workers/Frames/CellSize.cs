namespace Preserve.Workers.Frames;

/// <summary>The size of cells that suits a screen.</summary>
internal static class CellSize
{
    /// <summary>In text modes a cell is a character, so that each letter is sent once; elsewhere 16 pixels square.</summary>
    public static (int Width, int Height) Choose(int width, int height) => (width, height) switch
    {
        (720, 400) => (9, 16),
        (720, 350) => (9, 14),
        (640, 350) => (8, 14),
        _ => (16, 16),
    };
}
