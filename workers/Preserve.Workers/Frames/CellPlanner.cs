using System.IO.Hashing;
using System.Runtime.InteropServices;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>Chooses how a cell is sent, and knows by a 64-bit keyed hash what is in each slot of the viewer's cache.</summary>
/// <remarks>
/// The key is random for each encoder, so a guest cannot construct two cells of one hash; by chance two meet once in 2^40 or so
/// pictures of full caches, and then one cell is wrong until it changes or a keyframe comes.
/// </remarks>
internal sealed class CellPlanner
{
    // A place that is redrawn in this many pictures close to each other is an animation: its cells would only push out others.
    private const int BusyAfter = 4;
    private const int CloseBy = 6;

    private readonly long _key = Random.Shared.NextInt64();
    private readonly Dictionary<ulong, int> _slots = new(FrameFormat.SlotCount);
    private readonly ulong[] _hashes = new ulong[FrameFormat.SlotCount];
    private readonly uint[] _cell = new uint[FrameFormat.MaximumCellSide * FrameFormat.MaximumCellSide];
    private int[] _lastDrawn = [];
    private byte[] _streak = [];
    private int _picture;
    private ulong _hash;

    public void Reset(CellGrid grid)
    {
        _slots.Clear();
        Array.Clear(_hashes);
        _lastDrawn = new int[grid.Count];
        _streak = new byte[grid.Count];
        _picture = CloseBy;
    }

    public void BeginPicture() => _picture++;

    public CellPlan Plan(int index, Rectangle area, int width, uint[] wanted, uint[] shown)
    {
        var cell = _cell.AsSpan(0, area.Width * area.Height);
        var same = Gather(cell, area, width, wanted, shown);
        if (!cell.ContainsAnyExcept(cell[0]))
        {
            return new CellPlan(CellMode.Solid, Color: cell[0]);
        }

        // The sides are part of what is hashed: cells at the edge are smaller.
        _hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(cell), _key + (area.Width << 8) + area.Height);
        if (_slots.TryGetValue(_hash, out var slot))
        {
            return new CellPlan(CellMode.Cached, Slot: slot);
        }

        return new CellPlan(
            CellMode.Pixels,
            IsDelta: same * 2 > cell.Length,
            IsDoubled: IsDoubled(cell, area),
            IsKept: !IsBusy(index));
    }

    /// <summary>The cell planned last was put in a slot.</summary>
    public void Kept(int slot)
    {
        if (_slots.TryGetValue(_hashes[slot], out var holder) && holder == slot)
        {
            _slots.Remove(_hashes[slot]);
        }

        _hashes[slot] = _hash;
        _slots[_hash] = slot;
    }

    private static int Gather(Span<uint> cell, Rectangle area, int width, uint[] wanted, uint[] shown)
    {
        var same = 0;
        for (var y = 0; y < area.Height; y++)
        {
            var at = ((area.Y + y) * width) + area.X;
            for (var x = 0; x < area.Width; x++)
            {
                var pixel = wanted[at + x];
                cell[(y * area.Width) + x] = pixel;
                same += pixel == shown[at + x] ? 1 : 0;
            }
        }

        return same;
    }

    private static bool IsDoubled(ReadOnlySpan<uint> cell, Rectangle area)
    {
        if (((area.Width | area.Height) & 1) != 0)
        {
            return false;
        }

        for (var y = 0; y < area.Height; y += 2)
        {
            var row = cell.Slice(y * area.Width, area.Width);
            if (!row.SequenceEqual(cell.Slice((y + 1) * area.Width, area.Width)))
            {
                return false;
            }

            for (var x = 0; x < area.Width; x += 2)
            {
                if (row[x] != row[x + 1])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool IsBusy(int index)
    {
        var isClose = _picture - _lastDrawn[index] <= CloseBy;
        _lastDrawn[index] = _picture;
        _streak[index] = isClose ? (byte)Math.Min(_streak[index] + 1, BusyAfter) : (byte)0;
        return _streak[index] == BusyAfter;
    }
}
