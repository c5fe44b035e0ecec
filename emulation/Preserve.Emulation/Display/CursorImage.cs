namespace Preserve.Emulation.Display;

/// <summary>A hardware cursor that the guest's display adapter draws: pixels in BGRA order, four bytes each, row by row.</summary>
/// <param name="Width">In pixels; 0 hides the cursor.</param>
/// <param name="Height">In pixels.</param>
/// <param name="HotspotX">The pixel that points, from the left.</param>
/// <param name="HotspotY">The pixel that points, from the top.</param>
/// <param name="Bgra">Width x height x 4 bytes; alpha is 0 or 255. Never changed after construction.</param>
public sealed record CursorImage(int Width, int Height, int HotspotX, int HotspotY, byte[] Bgra);
