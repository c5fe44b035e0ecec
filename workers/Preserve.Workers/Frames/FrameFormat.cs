namespace Preserve.Workers.Frames;

/// <summary>Numbers of the frame stream, version 2: docs/frame-stream.md gives each its reason.</summary>
public static class FrameFormat
{
    public const int Version = 2;

    /// <summary>Longest blob in bytes. A hub message may have 64 KB, of which its envelope takes a little.</summary>
    public const int MaximumBlobLength = 60_000;

    /// <summary>No cell is begun once a body has this many bytes: the costliest cell then still fits.</summary>
    public const int FullBodyLength = 46_000;

    /// <summary>Widest and tallest picture in pixels.</summary>
    public const int MaximumSide = 4096;

    public const int MinimumCellSide = 8;

    public const int MaximumCellSide = 16;

    /// <summary>Widest and tallest cursor in pixels; a larger one is cut off at the right and below.</summary>
    public const int MaximumCursorSide = 64;

    /// <summary>Copies in one blob.</summary>
    public const int MaximumCopies = 32;

    /// <summary>Slots of the cell cache; a power of two.</summary>
    public const int SlotCount = 4096;

    /// <summary>Colours of the palette; a power of two.</summary>
    public const int PaletteLength = 256;

    internal const int SlotBits = 12;

    internal const int PaletteBits = 8;

    internal const int ShortHeaderLength = 2;

    internal const int KeyframeHeaderLength = 11;

    /// <summary>What a sketch tells of itself after the header, in bytes.</summary>
    internal const int SketchPlaceLength = 9;

    /// <summary>A sketch has 1 / 2^n of its area's pixels in each direction, n up to this.</summary>
    internal const int MaximumSketchShift = 2;

    /// <summary>In the first byte of a sketch: a mask of its cells follows its place.</summary>
    internal const byte SketchMaskFlag = 128;

    internal const byte LastFlag = 1;

    internal const byte FirstFlag = 2;

    /// <summary>Of a keyframe: the picture stays, all else is forgotten.</summary>
    internal const byte KeepsFlag = 4;

    /// <summary>Of all other blobs: a sketch.</summary>
    internal const byte SketchFlag = 4;

    internal const byte KeyframeFlag = 8;
}
