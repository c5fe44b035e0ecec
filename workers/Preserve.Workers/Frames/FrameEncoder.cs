using System.Buffers.Binary;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <param name="FindsCopies">Look for what has scrolled or moved.</param>
/// <param name="CellWidth">Width of a cell, 8 to 16 pixels; 0 chooses by the size of the screen.</param>
/// <param name="CellHeight">Height of a cell, 8 to 16 pixels; 0 chooses by the size of the screen.</param>
/// <param name="MotionClock">By which motion is judged: film and photographs are sketched while they move. Null sends everything without loss at once.</param>
public sealed record FrameEncoderOptions(bool FindsCopies = true, int CellWidth = 0, int CellHeight = 0, TimeProvider? MotionClock = null);

/// <summary>
/// Turns screens into blobs of the frame stream (docs/frame-stream.md) for one viewer, or for several that get the same blobs
/// from the same keyframe on. Remembers what the viewer sees, so damage that changed nothing costs nothing, and what does not fit a
/// budget stays pending. Not thread-safe.
/// </summary>
public sealed class FrameEncoder
{
    private readonly FrameEncoderOptions _options;
    private readonly RangeEncoder _range = new();
    private readonly FrameCoder<EncodedBits> _coder;
    private readonly CellPlanner _planner = new();
    private readonly CellSet _pending = new();
    private readonly CellSet _damaged = new();
    private readonly ScrollFinder _scrollFinder = new();
    private readonly DragFinder _dragFinder = new();
    private readonly SketchPad _sketches;
    private readonly List<CopyMove> _copies = [];
    private uint _sequence;
    private CursorImage? _cursor;
    private bool _isCursorPending;
    private bool _isKeyframePending = true;
    private bool _keepsPicture;
    private bool _isPictureOpen;

    // Where both wait, sketches and what is sent without loss take turns, or a film would keep everything else back on a slow line.
    private bool _isSketchTurn = true;

    // Where the open picture goes on. What changes again behind this place is the next picture's, or a screen that never rests would never be whole.
    private int _sweep;

    /// <param name="options">How to encode.</param>
    /// <param name="sequence">Last sequence number that its viewers have had from another encoder; 0 for none.</param>
    public FrameEncoder(FrameEncoderOptions options, uint sequence = 0)
    {
        _options = options;
        _sequence = sequence;
        _sketches = new SketchPad(options.MotionClock ?? TimeProvider.System);
        _coder = new FrameCoder<EncodedBits>(new EncodedBits(_range));
    }

    /// <summary>Whether the viewer does not see all yet: call <see cref="Encode"/> again when there is budget.</summary>
    public bool HasPending => HasMore || _sketches.UntilRefinement <= TimeSpan.Zero;

    /// <summary>Whether the viewer sees every pixel of the last frame as it is: nothing is pending, and nothing is sketched.</summary>
    public bool IsExact => !HasPending && _sketches.IsEmpty;

    /// <summary>How long until there is something pending although nothing changes, because a sketch has been still for long enough; null for never.</summary>
    public TimeSpan? UntilRefinement => _sketches.UntilRefinement;

    /// <summary>Whether it has been given a frame yet.</summary>
    public bool HasPicture => _coder.Cells.Picture.Length > 0;

    /// <summary>Bytes that the sketches of a picture are to take, at least 1: on a slow line coarse ones come more often. They are larger only where the coarsest are.</summary>
    public int SketchLength { get; set; } = int.MaxValue;

    /// <summary>Sequence number of the last blob; 0 before the first.</summary>
    public uint Sequence => _sequence;

    private bool HasMore => _isPictureOpen || !_pending.IsEmpty || _isCursorPending;

    /// <summary>
    /// Another encoder, for some of the viewers of this one: it knows what they see and begins with a keyframe that keeps it.
    /// Its first frame must have every tile damaged, as that of a new <see cref="DamageTracker"/> has.
    /// </summary>
    public FrameEncoder Fork()
    {
        var fork = new FrameEncoder(_options, _sequence);
        if (!_isKeyframePending || _keepsPicture)
        {
            var grid = _coder.Cells.Grid;
            fork._cursor = _cursor;
            fork._coder.Cells.Adopt(_coder.Cells);
            fork._sketches.Adopt(_sketches);
            fork._pending.Fill(grid);
            fork.Forget(grid);
        }

        return fork;
    }

    /// <summary>
    /// Begins anew, so that viewers of another encoder, who see the same picture now, can go on with this one: the next blob is a keyframe
    /// that keeps the picture. Both must be exact.
    /// </summary>
    /// <param name="sequence">Last sequence number of the other encoder; the next here comes after both.</param>
    public void StartTogether(uint sequence)
    {
        if ((int)(sequence - _sequence) > 0)
        {
            _sequence = sequence;
        }

        Forget(_coder.Cells.Grid);
    }

    /// <summary>Takes nothing for granted with the next frame: every pixel of it is compared with what viewers see, whatever its damage says.</summary>
    public void DoubtAll()
    {
        if (HasPicture)
        {
            _pending.Fill(_coder.Cells.Grid);
        }

        _isCursorPending = true;
    }

    /// <summary>Appends the blobs that bring the viewer up to <paramref name="frame"/>, each a fresh array of at most <see cref="FrameFormat.MaximumBlobLength"/> bytes.</summary>
    /// <param name="frame">The screen, with the damage since the frame of the last call.</param>
    /// <param name="keyframe">Start anew, for a viewer that has nothing or has lost its way. A change of size does so by itself.</param>
    /// <param name="budgetInBytes">Nothing more is begun once so much is written: the sum exceeds it by one cell or cursor at most.</param>
    /// <param name="blobs">Where the blobs are added; none when the viewer already sees this.</param>
    /// <returns>Bytes added.</returns>
    public int Encode(FrameCopy frame, bool keyframe, int budgetInBytes, IList<byte[]> blobs)
    {
        if (frame.Width == 0)
        {
            return 0;
        }

        Receive(frame, keyframe);
        if (budgetInBytes <= 0)
        {
            return 0;
        }

        var written = 0;
        if (_options.MotionClock is not null && !_isKeyframePending && _sketches.Choose(_pending, frame.Pixels))
        {
            written = EncodeSketches(frame, budgetInBytes, blobs);
        }

        if (written >= 0)
        {
            FindCopies(frame);
            while (written < budgetInBytes && HasMore)
            {
                var blob = EncodeBlob(frame, budgetInBytes - written);
                blobs.Add(blob);
                written += blob.Length;
            }
        }

        _pending.Add(_sketches.Chosen);
        return Math.Max(0, written);
    }

    /// <summary>Draws the chosen cells if it is their turn. Returns the bytes added, or -1 when all must wait for more budget.</summary>
    private int EncodeSketches(FrameCopy frame, int budget, IList<byte[]> blobs)
    {
        var othersWait = !_pending.IsEmpty;
        if (othersWait && !_isSketchTurn)
        {
            _isSketchTurn = true;
            return 0;
        }

        var bodies = _sketches.Draw(frame, budget, SketchLength);
        var written = 0;
        for (var i = 0; i < bodies.Count; i++)
        {
            var flags = (byte)(FrameFormat.SketchFlag | BeginBlob() | EndBlob(isMore: i < bodies.Count - 1));
            blobs.Add(WithHeader(flags, bodies[i]));
            written += blobs[^1].Length;
        }

        _isSketchTurn = !othersWait;
        return bodies.Count > 0 ? written : -1;
    }

    private void Receive(FrameCopy frame, bool keyframe)
    {
        var grid = _coder.Cells.Grid;
        if (keyframe || frame.Width != grid.Width || frame.Height != grid.Height)
        {
            Restart(frame);
        }
        else
        {
            _damaged.Clear(grid);
            _damaged.Add(frame.Damage);
            _pending.Add(_damaged);
            _sketches.Note(_damaged, _pending);
        }

        if (frame.CursorChanged || _isKeyframePending || _isCursorPending)
        {
            _isCursorPending = frame.Cursor is not null || _cursor is not null;
            _cursor = frame.Cursor is null ? null : CursorCrop.Fit(frame.Cursor);
        }

        _pending.KeepDifferent(_coder.Cells.Picture, frame.Pixels, _sketches.Sketched);
    }

    private void Restart(FrameCopy frame)
    {
        var (cellWidth, cellHeight) = _options.CellWidth > 0
            ? (_options.CellWidth, _options.CellHeight)
            : CellSize.Choose(frame.Width, frame.Height);
        var grid = new CellGrid(frame.Width, frame.Height, cellWidth, cellHeight);
        _coder.Reset(grid, keepsPicture: false);
        _planner.Reset(grid);
        _pending.Fill(grid);
        _sketches.Reset(grid);
        _cursor = null;
        _keepsPicture = false;
        _isKeyframePending = true;
        _isPictureOpen = true;
        _sweep = 0;
    }

    private void Forget(CellGrid grid)
    {
        _keepsPicture = true;
        _coder.Reset(grid, keepsPicture: true);
        _planner.Reset(grid);
        _isKeyframePending = true;
        _isPictureOpen = true;
    }

    private void FindCopies(FrameCopy frame)
    {
        _copies.Clear();
        if (_options.FindsCopies && !_isKeyframePending)
        {
            var cells = _coder.Cells;
            _scrollFinder.Find(cells.Picture, frame.Pixels, cells.Grid, _pending, _copies);
            if (_copies.Count == 0 && _dragFinder.Find(cells.Picture, frame.Pixels, cells.Grid, _pending) is { } move)
            {
                _copies.Add(move);
            }
        }
    }

    private byte[] EncodeBlob(FrameCopy frame, int budget)
    {
        var flags = !_isKeyframePending ? (byte)0 : _keepsPicture ? (byte)(FrameFormat.KeyframeFlag | FrameFormat.KeepsFlag) : FrameFormat.KeyframeFlag;
        flags |= BeginBlob();
        _range.Restart();
        EncodeCursor();
        EncodeCopies(frame);
        EncodeCells(frame, Math.Min(budget, FrameFormat.FullBodyLength));
        flags |= EndBlob(isMore: false);
        var blob = WithHeader(flags, _range.Finish());
        _isKeyframePending = _keepsPicture = false;
        return blob;
    }

    private byte BeginBlob()
    {
        if (_isPictureOpen && !_isKeyframePending)
        {
            return 0;
        }

        _planner.BeginPicture();
        return FrameFormat.FirstFlag;
    }

    private byte EndBlob(bool isMore)
    {
        _isPictureOpen = isMore || _pending.Next(_sweep) >= 0;
        if (_isPictureOpen)
        {
            return 0;
        }

        _sweep = 0;
        return FrameFormat.LastFlag;
    }

    private void EncodeCursor()
    {
        if (_coder.CodeHasCursor(_isCursorPending))
        {
            _coder.Cursor.Code(_cursor);
            _isCursorPending = false;
        }
    }

    private void EncodeCopies(FrameCopy frame)
    {
        var grid = _coder.Cells.Grid;
        for (var i = 0; _coder.Copies.CodeMore(i < _copies.Count, i); i++)
        {
            _coder.Copies.Code(_copies[i], _coder.Cells.Picture, grid.Width, grid.Height);
            _pending.Add(_copies[i].Target);
        }

        if (_copies.Count > 0)
        {
            _pending.KeepDifferent(_coder.Cells.Picture, frame.Pixels, _sketches.Sketched);
            _copies.Clear();
        }
    }

    private void EncodeCells(FrameCopy frame, int limit)
    {
        var cells = _coder.Cells;
        var columns = cells.Grid.Columns;
        cells.BeginCells();
        var next = 0;
        for (var index = _pending.Next(_sweep); index >= 0 && _range.Length < limit; index = _pending.Next(next))
        {
            var skip = index - next;
            cells.CodeSkip(true, ref skip);
            var (column, row) = (index % columns, index / columns);
            var plan = _planner.Plan(index, cells.Grid[index], cells.Grid.Width, frame.Pixels, cells.Picture);
            var slot = cells.CodeCell(column, row, plan, frame.Pixels);
            if (slot >= 0)
            {
                _planner.Kept(slot);
            }

            _pending.Remove(index);
            _sketches.Sketched.Remove(index);
            next = index + 1;
            _sweep = next;
        }

        if (next < cells.Grid.Count)
        {
            var none = 0;
            cells.CodeSkip(false, ref none);
        }
    }

    private byte[] WithHeader(byte flags, ReadOnlySpan<byte> body)
    {
        _sequence++;
        var isKeyframe = (flags & FrameFormat.KeyframeFlag) != 0;
        var header = isKeyframe ? FrameFormat.KeyframeHeaderLength : FrameFormat.ShortHeaderLength;
        var blob = new byte[header + body.Length];
        blob[0] = (byte)((FrameFormat.Version << 4) | flags);
        if (isKeyframe)
        {
            WriteLayout(blob);
        }
        else
        {
            blob[1] = (byte)_sequence;
        }

        body.CopyTo(blob.AsSpan(header));
        return blob;
    }

    private void WriteLayout(byte[] blob)
    {
        var grid = _coder.Cells.Grid;
        BinaryPrimitives.WriteUInt32LittleEndian(blob.AsSpan(1), _sequence);
        BinaryPrimitives.WriteUInt16LittleEndian(blob.AsSpan(5), (ushort)grid.Width);
        BinaryPrimitives.WriteUInt16LittleEndian(blob.AsSpan(7), (ushort)grid.Height);
        blob[9] = (byte)grid.CellWidth;
        blob[10] = (byte)grid.CellHeight;
    }
}
