using System.Buffers.Binary;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>The reference decoder, for tests and benchmarks; visitors use the player's own. Not thread-safe.</summary>
public sealed class FrameDecoder
{
    private readonly RangeDecoder _range = new();
    private readonly FrameCoder<DecodedBits> _coder;
    private readonly CellSet _sketched = new();
    private bool _hasKeyframe;

    public FrameDecoder() => _coder = new FrameCoder<DecodedBits>(new DecodedBits(_range));

    public int Width => _coder.Cells.Grid.Width;

    public int Height => _coder.Cells.Grid.Height;

    /// <summary>0x00RRGGBB, row by row.</summary>
    public ReadOnlySpan<uint> Pixels => _coder.Cells.Picture;

    public CursorImage? Cursor { get; private set; }

    public uint Sequence { get; private set; }

    /// <summary>What the blob decoded last shows for a while over <see cref="Pixels"/>; null when it is no sketch.</summary>
    public Sketch? Sketch { get; private set; }

    /// <summary>Whether some places show a sketch, so that viewers see something else there than <see cref="Pixels"/>.</summary>
    public bool IsSketched => !_sketched.IsEmpty;

    /// <summary>Whether the blob decoded last begins a picture.</summary>
    public bool IsFirst { get; private set; }

    /// <summary>Whether the blob decoded last ends a picture.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Applies a blob.</summary>
    /// <exception cref="FrameFormatException">It is none, or not the next one. Only a keyframe can follow.</exception>
    public void Decode(byte[] blob)
    {
        try
        {
            Apply(blob);
        }
        catch (FrameFormatException)
        {
            _hasKeyframe = false;
            throw;
        }
    }

    private void Apply(byte[] blob)
    {
        if (blob.Length is < FrameFormat.ShortHeaderLength or > FrameFormat.MaximumBlobLength || blob[0] >> 4 != FrameFormat.Version)
        {
            throw new FrameFormatException("Not a blob of this version of the frame stream.");
        }

        IsFirst = (blob[0] & FrameFormat.FirstFlag) != 0;
        IsLast = (blob[0] & FrameFormat.LastFlag) != 0;
        Sketch = null;
        var start = ReadHeader(blob);
        if ((blob[0] & (FrameFormat.SketchFlag | FrameFormat.KeyframeFlag)) == FrameFormat.SketchFlag)
        {
            Sketch = SketchReader.Read(blob.AsSpan(start), _coder.Cells.Grid, _sketched);
            return;
        }

        _range.Restart(blob, start);
        if (_coder.CodeHasCursor(false))
        {
            Cursor = _coder.Cursor.Code(null);
        }

        for (var i = 0; _coder.Copies.CodeMore(false, i); i++)
        {
            _coder.Copies.Code(default, _coder.Cells.Picture, Width, Height);
        }

        DecodeCells();
        _range.Finish();
    }

    private int ReadHeader(byte[] blob)
    {
        if ((blob[0] & FrameFormat.KeyframeFlag) != 0)
        {
            ReadKeyframe(blob);
            return FrameFormat.KeyframeHeaderLength;
        }

        if (!_hasKeyframe || blob[1] != (byte)(Sequence + 1))
        {
            throw new FrameFormatException("Not the blob that comes next.");
        }

        Sequence++;
        return FrameFormat.ShortHeaderLength;
    }

    private void ReadKeyframe(byte[] blob)
    {
        if (blob.Length < FrameFormat.KeyframeHeaderLength)
        {
            throw new FrameFormatException("The blob ends within its header.");
        }

        var grid = new CellGrid(
            BinaryPrimitives.ReadUInt16LittleEndian(blob.AsSpan(5)), BinaryPrimitives.ReadUInt16LittleEndian(blob.AsSpan(7)), blob[9], blob[10]);
        if (grid.Width is < 1 or > FrameFormat.MaximumSide || grid.Height is < 1 or > FrameFormat.MaximumSide
            || grid.CellWidth is < FrameFormat.MinimumCellSide or > FrameFormat.MaximumCellSide
            || grid.CellHeight is < FrameFormat.MinimumCellSide or > FrameFormat.MaximumCellSide)
        {
            throw new FrameFormatException("A picture or a cell of a size that is out of bounds.");
        }

        var keepsPicture = (blob[0] & FrameFormat.KeepsFlag) != 0;
        if (keepsPicture && (!_hasKeyframe || grid != _coder.Cells.Grid))
        {
            throw new FrameFormatException("A picture is to be kept that is not there.");
        }

        Sequence = BinaryPrimitives.ReadUInt32LittleEndian(blob.AsSpan(1));
        Cursor = null;
        _coder.Reset(grid, keepsPicture);
        if (!keepsPicture)
        {
            _sketched.Clear(grid);
        }

        _hasKeyframe = true;
    }

    private void DecodeCells()
    {
        var cells = _coder.Cells;
        var grid = cells.Grid;
        cells.BeginCells();
        var next = 0;
        var skip = 0;
        while (next < grid.Count && cells.CodeSkip(false, ref skip))
        {
            next += skip;
            if (next >= grid.Count)
            {
                throw new FrameFormatException("A cell beyond the picture.");
            }

            cells.CodeCell(next % grid.Columns, next / grid.Columns, default, cells.Picture);
            _sketched.Remove(next);
            next++;
        }
    }
}
