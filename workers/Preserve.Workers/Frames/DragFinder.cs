using System.Runtime.InteropServices;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>
/// Finds a rectangle that moved in any direction, such as a dragged window: (1) short runs of pixels out of the changed cells are
/// looked for in all places of the old picture near them, (2) the distance most of them agree on wins, (3) the cells that are the old
/// picture at that distance make a rectangle, (4) which grows to the last pixel that agrees.
/// </summary>
internal sealed class DragFinder
{
    private const int WorthwhileCells = 20;
    private const int WorthwhileVotes = 6;
    private const int WorthwhileGain = 8;
    private const int MostVotes = 20_000;

    // After a search in vain this many more pictures, twice as many each time, are not searched: full motion is rarely a drag.
    private const int LongestRest = 32;

    private readonly FeatureTable _features = new();
    private readonly Dictionary<int, int> _votes = [];
    private int _rest;
    private int _resting;

    public CopyMove? Find(uint[] shown, uint[] wanted, CellGrid grid, CellSet pending)
    {
        if (pending.Count < WorthwhileCells || --_resting > 0)
        {
            return null;
        }

        var area = pending.Bounds();
        GatherFeatures(wanted, grid, pending);
        var found = Vote(shown, grid.Width, area) is var (right, down) && (right, down) != (0, 0)
            ? Extend(shown, wanted, grid, area, right, down)
            : null;
        _rest = found is null ? Math.Min(Math.Max(1, _rest * 2), LongestRest) : 0;
        _resting = _rest;
        return found;
    }

    // (1)
    private void GatherFeatures(uint[] wanted, CellGrid grid, CellSet pending)
    {
        _features.Clear();
        for (var index = pending.Next(0); index >= 0 && !_features.IsFull; index = pending.Next(index + 1))
        {
            var cell = grid[index];
            for (var y = cell.Y + 2; y < cell.Bottom && !_features.IsFull && cell.X + FeatureTable.RunLength <= grid.Width; y += 5)
            {
                var place = (y * grid.Width) + cell.X;
                var run = wanted.AsSpan(place, FeatureTable.RunLength);
                if (run.ContainsAnyExcept(run[0]))
                {
                    _features.Add(FeatureTable.Hash(run), place);
                }
            }
        }
    }

    // (2)
    private (int Right, int Down) Vote(uint[] shown, int width, Rectangle area)
    {
        _votes.Clear();
        if (area.Width < FeatureTable.RunLength || _features.Count == 0)
        {
            return default;
        }

        var (best, most, votes) = (0, WorthwhileVotes - 1, 0);
        for (var y = area.Y; y < area.Bottom && votes < MostVotes; y++)
        {
            var row = shown.AsSpan(y * width, width);
            var hash = FeatureTable.Hash(row.Slice(area.X, FeatureTable.RunLength));
            for (var x = area.X; ; x++)
            {
                var place = _features.Find(hash);
                if (place >= 0 && place != (y * width) + x)
                {
                    var distance = Pack((place % width) - x, (place / width) - y);
                    ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_votes, distance, out _);
                    votes++;
                    if (++count > most)
                    {
                        (best, most) = (distance, count);
                    }
                }

                if (x + FeatureTable.RunLength >= area.Right)
                {
                    break;
                }

                hash = FeatureTable.Roll(hash, row[x + FeatureTable.RunLength], row[x]);
            }
        }

        return best == 0 ? default : ((best & 0xFFFF) - 0x4000, (best >> 16) - 0x4000);
    }

    // (3)
    private static CopyMove? Extend(uint[] shown, uint[] wanted, CellGrid grid, Rectangle area, int right, int down)
    {
        var (left, top, end, bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        var gain = 0;
        for (var row = area.Y / grid.CellHeight; row * grid.CellHeight < area.Bottom; row++)
        {
            for (var column = area.X / grid.CellWidth; column * grid.CellWidth < area.Right; column++)
            {
                var cell = grid[column, row];
                if (IsMoved(shown, wanted, grid, cell, right, down) && !IsMoved(shown, wanted, grid, cell, 0, 0))
                {
                    (left, top) = (Math.Min(left, cell.X), Math.Min(top, cell.Y));
                    (end, bottom) = (Math.Max(end, cell.Right), Math.Max(bottom, cell.Bottom));
                    gain++;
                }
            }
        }

        if (gain < WorthwhileGain)
        {
            return null;
        }

        var core = new Rectangle(left, top, end - left, bottom - top);
        return gain >= 2 * Lost(shown, wanted, grid, core, right, down)
            ? new CopyMove(Grow(shown, wanted, grid, core, right, down), right, down)
            : null;
    }

    /// <summary>Cells of a rectangle that are right now and would not be after the move.</summary>
    private static int Lost(uint[] shown, uint[] wanted, CellGrid grid, Rectangle core, int right, int down)
    {
        var lost = 0;
        for (var row = core.Y / grid.CellHeight; row * grid.CellHeight < core.Bottom; row++)
        {
            for (var column = core.X / grid.CellWidth; column * grid.CellWidth < core.Right; column++)
            {
                var cell = grid[column, row];
                var source = cell with { X = cell.X - right, Y = cell.Y - down };
                if (source != source.ClipTo(grid.Width, grid.Height))
                {
                    return int.MaxValue / 2;
                }

                lost += IsMoved(shown, wanted, grid, cell, 0, 0) && !IsMoved(shown, wanted, grid, cell, right, down) ? 1 : 0;
            }
        }

        return lost;
    }

    // (4)
    private static Rectangle Grow(uint[] shown, uint[] wanted, CellGrid grid, Rectangle core, int right, int down)
    {
        bool Agrees(Rectangle strip) => IsMoved(shown, wanted, grid, strip, right, down);
        for (var i = 1; i < grid.CellHeight && Agrees(new Rectangle(core.X, core.Y - 1, core.Width, 1)); i++)
        {
            core = core with { Y = core.Y - 1, Height = core.Height + 1 };
        }

        for (var i = 1; i < grid.CellHeight && Agrees(new Rectangle(core.X, core.Bottom, core.Width, 1)); i++)
        {
            core = core with { Height = core.Height + 1 };
        }

        for (var i = 1; i < grid.CellWidth && Agrees(new Rectangle(core.X - 1, core.Y, 1, core.Height)); i++)
        {
            core = core with { X = core.X - 1, Width = core.Width + 1 };
        }

        for (var i = 1; i < grid.CellWidth && Agrees(new Rectangle(core.Right, core.Y, 1, core.Height)); i++)
        {
            core = core with { Width = core.Width + 1 };
        }

        return core;
    }

    /// <summary>Whether an area of the wanted screen is what is shown at a distance. False where either leaves the picture.</summary>
    private static bool IsMoved(uint[] shown, uint[] wanted, CellGrid grid, Rectangle area, int right, int down)
    {
        var source = area with { X = area.X - right, Y = area.Y - down };
        if (source != source.ClipTo(grid.Width, grid.Height) || area != area.ClipTo(grid.Width, grid.Height))
        {
            return false;
        }

        for (var y = 0; y < area.Height; y++)
        {
            var from = shown.AsSpan(((source.Y + y) * grid.Width) + source.X, area.Width);
            if (!from.SequenceEqual(wanted.AsSpan(((area.Y + y) * grid.Width) + area.X, area.Width)))
            {
                return false;
            }
        }

        return true;
    }

    private static int Pack(int right, int down) => ((down + 0x4000) << 16) | (right + 0x4000);
}
