using System.IO.Hashing;
using System.Runtime.InteropServices;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>Finds what has scrolled up or down: rows are compared by hash, and the distance that most rows agree on wins.</summary>
internal sealed class ScrollFinder
{
    // Fewer changed cells than this are cheaper sent than searched.
    private const int WorthwhileCells = 12;
    private const int WorthwhileRows = 4;
    private const int Ambiguous = -1;

    private readonly Dictionary<ulong, int> _rowOf = new(1024);
    private ulong[] _old = [];
    private ulong[] _new = [];
    private int[] _votes = [];

    public void Find(uint[] shown, uint[] wanted, CellGrid grid, CellSet pending, List<CopyMove> moves)
    {
        if (pending.Count < WorthwhileCells)
        {
            return;
        }

        var area = pending.Bounds();
        HashRows(shown, wanted, grid, area);
        var down = Vote(area.Height);
        if (down != 0)
        {
            AddRuns(area, down, moves);
        }
    }

    private void HashRows(uint[] shown, uint[] wanted, CellGrid grid, Rectangle area)
    {
        if (_old.Length < area.Height)
        {
            _old = new ulong[area.Height];
            _new = new ulong[area.Height];
            _votes = new int[2 * area.Height];
        }

        for (var i = 0; i < area.Height; i++)
        {
            var at = ((area.Y + i) * grid.Width) + area.X;
            _old[i] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(shown.AsSpan(at, area.Width)));
            _new[i] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(wanted.AsSpan(at, area.Width)));
        }
    }

    private int Vote(int height)
    {
        _rowOf.Clear();
        for (var i = 0; i < height; i++)
        {
            _rowOf[_old[i]] = _rowOf.ContainsKey(_old[i]) ? Ambiguous : i;
        }

        Array.Clear(_votes);
        var best = height;
        for (var i = 0; i < height; i++)
        {
            if (_new[i] != _old[i] && _rowOf.TryGetValue(_new[i], out var row) && row != Ambiguous && ++_votes[i - row + height] > _votes[best])
            {
                best = i - row + height;
            }
        }

        return _votes[best] >= WorthwhileRows ? best - height : 0;
    }

    private void AddRuns(Rectangle area, int down, List<CopyMove> moves)
    {
        var end = Math.Min(area.Height, area.Height + down);
        for (var i = Math.Max(0, down); i < end; i++)
        {
            var start = i;
            var gained = 0;
            while (i < end && _new[i] == _old[i - down])
            {
                gained += _new[i] != _old[i] ? 1 : 0;
                i++;
            }

            if (gained >= WorthwhileRows && moves.Count < FrameFormat.MaximumCopies)
            {
                moves.Add(new CopyMove(new Rectangle(area.X, area.Y + start, area.Width, i - start), 0, down));
            }
        }
    }
}
