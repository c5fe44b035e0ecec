namespace Preserve.Workers.Frames;

/// <summary>How finely a sketch is drawn.</summary>
/// <param name="Shift">It has 1 / 2^shift of its area's pixels in each direction.</param>
/// <param name="Quality">Of the JPEG, 0 to 100.</param>
/// <param name="BytesPerPixel">What a pixel of the area takes at first; learnt from then on.</param>
internal readonly record struct SketchLevel(int Shift, int Quality, double BytesPerPixel)
{
    /// <summary>From the finest to the coarsest. Taken from the plasma guest, 640 x 480: 32, 20, 7 and 2.5 KB a picture, against 161 KB without loss.</summary>
    public static readonly IReadOnlyList<SketchLevel> All =
    [
        new(0, 75, 0.11),
        new(0, 50, 0.067),
        new(1, 50, 0.023),
        new(2, 50, 0.008),
    ];
}
