namespace Preserve.Workers.Frames;

/// <summary>Everything one side of the stream remembers between blobs.</summary>
internal sealed class FrameCoder<TBits>(TBits bits)
    where TBits : struct, IBitCoder
{
    private readonly uint[] _hasCursor = AdaptiveBit.Make(1);

    public CellCoder<TBits> Cells { get; } = new(bits);

    public CopyCoder<TBits> Copies { get; } = new(bits);

    public CursorCoder<TBits> Cursor { get; } = new(bits);

    public bool CodeHasCursor(bool hasCursor) => bits.Code(hasCursor, ref _hasCursor[0]);

    /// <summary>Forgets everything; the picture becomes black, or stays where <paramref name="keepsPicture"/> says so and the grid is the same.</summary>
    public void Reset(CellGrid grid, bool keepsPicture)
    {
        _hasCursor[0] = AdaptiveBit.Even;
        Cells.Reset(grid, keepsPicture);
        Copies.Reset();
        Cursor.Reset();
    }
}
