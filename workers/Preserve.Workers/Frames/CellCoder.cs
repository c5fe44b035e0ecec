using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>
/// Codes cells into the picture that the viewer sees. Encoder and reference decoder are this same class with another
/// direction, so they cannot disagree; the player's decoder is written apart and checked against vectors.
/// </summary>
internal sealed class CellCoder<TBits>(TBits bits)
    where TBits : struct, IBitCoder
{
    private readonly PixelCoder<TBits> _pixels = new(bits);
    private readonly SlotCoder<TBits> _places = new(bits);
    private readonly CellSlots _slots = new();
    private readonly NumberModel _skip = new();
    private readonly uint[] _isMore = AdaptiveBit.Make(2);
    private readonly uint[] _isCached = AdaptiveBit.Make(64);
    private readonly uint[] _isSolid = AdaptiveBit.Make(64);
    private readonly uint[] _isLastSolid = AdaptiveBit.Make(1);
    private readonly uint[] _isDelta = AdaptiveBit.Make(2);
    private readonly uint[] _isDoubled = AdaptiveBit.Make(2);
    private readonly uint[] _isKept = AdaptiveBit.Make(2);
    private readonly uint[]? _cellPixels = TBits.IsEncoder
        ? null
        : new uint[FrameFormat.SlotCount * FrameFormat.MaximumCellSide * FrameFormat.MaximumCellSide];
    private uint _lastSolid;
    private int _lastSkip;
    private int _wasDelta;
    private int _wasDoubled;
    private int _wasKept;

    public CellGrid Grid { get; private set; }

    /// <summary>0x00RRGGBB, row by row.</summary>
    public uint[] Picture { get; private set; } = [];

    /// <summary>Forgets everything: starts a black picture, or keeps the one there is.</summary>
    public void Reset(CellGrid grid, bool keepsPicture)
    {
        if (!keepsPicture)
        {
            Picture = new uint[grid.Width * grid.Height];
        }

        Grid = grid;
        _pixels.Reset();
        _places.Reset(grid);
        _slots.Reset();
        _skip.Reset();
        foreach (var models in new[] { _isMore, _isCached, _isSolid, _isLastSolid, _isDelta, _isDoubled, _isKept })
        {
            Array.Fill(models, AdaptiveBit.Even);
        }

        _lastSolid = 0;
        _lastSkip = _wasDelta = _wasDoubled = _wasKept = 0;
    }

    /// <summary>Takes over what another coder's viewers see. <see cref="Reset"/> comes next.</summary>
    public void Adopt(CellCoder<TBits> other) => Picture = (uint[])other.Picture.Clone();

    public void BeginCells() => _lastSkip = 0;

    /// <summary>Whether another cell follows, and how many are skipped before it.</summary>
    public bool CodeSkip(bool isMore, ref int skip)
    {
        var context = _lastSkip == 0 ? 0 : 1;
        if (!bits.Code(isMore, ref _isMore[context]))
        {
            return false;
        }

        skip = _skip.Code(bits, skip);
        _lastSkip = skip;
        return true;
    }

    /// <summary>Codes one cell. Returns the slot it was put in, or -1.</summary>
    /// <param name="column">Of the cell.</param>
    /// <param name="row">Of the cell.</param>
    /// <param name="plan">How to send it; ignored when decoding.</param>
    /// <param name="source">The screen; ignored when decoding.</param>
    public int CodeCell(int column, int row, CellPlan plan, uint[] source)
    {
        var area = Grid[column, row];
        var kinds = _places.Kinds(column, row);
        if (bits.Code(plan.Mode == CellMode.Cached, ref _isCached[kinds]))
        {
            var slot = _places.Code(column, row, plan.Slot, _slots.Count);
            _slots.Use(slot);
            _places.Show(column, row, slot);
            PutCached(slot, area, source);
            return -1;
        }

        if (bits.Code(plan.Mode == CellMode.Solid, ref _isSolid[kinds]))
        {
            CodeSolid(area, plan.Color);
            _places.Show(column, row, SlotCoder<TBits>.Solid);
            return -1;
        }

        return CodePixels(column, row, area, plan, source);
    }

    private void CodeSolid(Rectangle area, uint color)
    {
        if (!bits.Code(color == _lastSolid, ref _isLastSolid[0]))
        {
            _lastSolid = _pixels.CodeColor(color, _lastSolid);
        }

        for (var y = area.Y; y < area.Bottom; y++)
        {
            Picture.AsSpan((y * Grid.Width) + area.X, area.Width).Fill(_lastSolid);
        }
    }

    private int CodePixels(int column, int row, Rectangle area, CellPlan plan, uint[] source)
    {
        var isDelta = bits.Code(plan.IsDelta, ref _isDelta[_wasDelta]);
        _wasDelta = isDelta ? 1 : 0;
        var isDoubled = ((area.Width | area.Height) & 1) == 0 && bits.Code(plan.IsDoubled, ref _isDoubled[_wasDoubled]);
        _wasDoubled = isDoubled ? 1 : 0;
        var isKept = bits.Code(plan.IsKept, ref _isKept[_wasKept]);
        _wasKept = isKept ? 1 : 0;
        _pixels.Code(Picture, source, Grid.Width, area, isDoubled ? 2 : 1, isDelta);
        if (!isKept)
        {
            _places.Show(column, row, SlotCoder<TBits>.Loose);
            return -1;
        }

        var slot = _slots.Take();
        _places.Show(column, row, slot);
        Keep(slot, area);
        return slot;
    }

    private void Keep(int slot, Rectangle area)
    {
        if (_cellPixels is null)
        {
            return;
        }

        for (var y = 0; y < area.Height; y++)
        {
            Picture.AsSpan(((area.Y + y) * Grid.Width) + area.X, area.Width).CopyTo(_cellPixels.AsSpan(At(slot, y)));
        }
    }

    private void PutCached(int slot, Rectangle area, uint[] source)
    {
        for (var y = 0; y < area.Height; y++)
        {
            var to = ((area.Y + y) * Grid.Width) + area.X;
            var from = _cellPixels is null ? source.AsSpan(to, area.Width) : _cellPixels.AsSpan(At(slot, y), area.Width);
            from.CopyTo(Picture.AsSpan(to));
        }
    }

    private static int At(int slot, int y) => ((slot * FrameFormat.MaximumCellSide) + y) * FrameFormat.MaximumCellSide;
}
