namespace Preserve.Workers.Frames;

/// <summary>
/// Codes which cached cell stands at a place: the one that was there before the present one, the one that last followed
/// the two or the one cell to the left, the one above, else its number. Knows what every place shows.
/// </summary>
internal sealed class SlotCoder<TBits>(TBits bits)
    where TBits : struct, IBitCoder
{
    /// <summary>What a place shows that shows no cached cell: one colour.</summary>
    public const int Solid = -1;

    /// <summary>What a place shows that shows no cached cell: pixels of its own.</summary>
    public const int Loose = -2;

    private const int PairLength = 8192;

    private readonly SlotGuess _afterTwo = new(PairLength);
    private readonly SlotGuess _afterOne = new(FrameFormat.SlotCount + 2);
    private readonly uint[] _isReturn = AdaptiveBit.Make(2);
    private readonly uint[] _isAbove = AdaptiveBit.Make(1);
    private readonly uint[] _number = AdaptiveBit.Make(FrameFormat.SlotCount);
    private short[] _shown = [];
    private short[] _shownBefore = [];
    private CellGrid _grid;
    private int _lastReturned;

    /// <summary>Forgets everything and starts with black cells.</summary>
    public void Reset(CellGrid grid)
    {
        _grid = grid;
        _shown = new short[grid.Count];
        _shownBefore = new short[grid.Count];
        Array.Fill(_shown, (short)Solid);
        Array.Fill(_shownBefore, (short)Loose);
        _afterTwo.Reset();
        _afterOne.Reset();
        Array.Fill(_isReturn, AdaptiveBit.Even);
        Array.Fill(_isAbove, AdaptiveBit.Even);
        Array.Fill(_number, AdaptiveBit.Even);
        _lastReturned = 0;
    }

    /// <summary>0 to 63: what kind of cell is to the left, above, and in this place.</summary>
    public int Kinds(int column, int row) =>
        Kind(Left(column, row, 1)) | (Kind(Above(column, row)) << 2) | (Kind(_shown[(row * _grid.Columns) + column]) << 4);

    public int Code(int column, int row, int slot, int slotsFilled)
    {
        var one = Left(column, row, 1) + 2;
        var two = (((Left(column, row, 2) + 2) * 67) + one) & (PairLength - 1);
        var before = _shownBefore[(row * _grid.Columns) + column];
        if (before >= 0)
        {
            var isReturn = bits.Code(slot == before, ref _isReturn[_lastReturned]);
            _lastReturned = isReturn ? 1 : 0;
            if (isReturn)
            {
                return before;
            }
        }

        var afterTwo = _afterTwo[two];
        if (afterTwo >= 0 && afterTwo != before && _afterTwo.Code(bits, two, slot == afterTwo))
        {
            return afterTwo;
        }

        var afterOne = _afterOne[one];
        if (afterOne >= 0 && afterOne != before && afterOne != afterTwo && _afterOne.Code(bits, one, slot == afterOne))
        {
            return afterOne;
        }

        var above = Above(column, row);
        if (above >= 0 && above != before && above != afterTwo && above != afterOne && bits.Code(slot == above, ref _isAbove[0]))
        {
            return above;
        }

        var number = SymbolTree.Code(bits, _number, FrameFormat.SlotBits, slot);
        return number < slotsFilled ? number : throw new FrameFormatException("A cell of the cache that was never kept.");
    }

    /// <summary>Notes what a place shows now: a slot, <see cref="Solid"/> or <see cref="Loose"/>.</summary>
    public void Show(int column, int row, int slot)
    {
        if (slot >= 0)
        {
            var one = Left(column, row, 1) + 2;
            _afterTwo.Learn((((Left(column, row, 2) + 2) * 67) + one) & (PairLength - 1), slot);
            _afterOne.Learn(one, slot);
        }

        var at = (row * _grid.Columns) + column;
        _shownBefore[at] = _shown[at];
        _shown[at] = (short)slot;
    }

    private int Left(int column, int row, int distance) => column >= distance ? _shown[(row * _grid.Columns) + column - distance] : Solid;

    private int Above(int column, int row) => row > 0 ? _shown[((row - 1) * _grid.Columns) + column] : Solid;

    private static int Kind(int slot) => slot >= 0 ? 1 : slot == Solid ? 2 : 3;
}
