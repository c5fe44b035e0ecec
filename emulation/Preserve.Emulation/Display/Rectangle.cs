namespace Preserve.Emulation.Display;

/// <summary>An area of the screen in guest pixels; the origin is the upper left corner.</summary>
public readonly record struct Rectangle(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;

    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>The part of this area that lies within a screen of the given size.</summary>
    public Rectangle ClipTo(int width, int height)
    {
        var left = Math.Clamp(X, 0, width);
        var top = Math.Clamp(Y, 0, height);
        return new Rectangle(left, top, Math.Clamp(Right, left, width) - left, Math.Clamp(Bottom, top, height) - top);
    }
}
