using Preserve.Emulation.Display;

namespace Preserve.Workers.Frames;

/// <summary>
/// What is shown with loss while it moves, and drawn without once it is still: which cells are worth a sketch, which show one, and when they
/// are to be sent as they are. A sketch is painted over the picture and changes nothing that encoder and decoder remember.
/// </summary>
internal sealed class SketchPad(TimeProvider time)
{
    // Of a cell's pixels, how many are of a colour that no neighbour sent before them has: from here on JPEG is far shorter, and text and windows never get here.
    private const double Rough = 0.3;

    // A cell that shows a sketch stays one until it is clearly smoother.
    private const double StillRough = 0.15;

    private readonly MotionMap _motion = new(time);
    private readonly SketchArtist _artist = new();
    private List<SketchArea> _areas = [];
    private CellGrid _grid;

    /// <summary>Cells that show a sketch.</summary>
    public CellSet Sketched { get; } = new();

    /// <summary>Cells that are to be drawn as a sketch, of those that were pending when chosen.</summary>
    public CellSet Chosen { get; } = new();

    public bool IsEmpty => Sketched.IsEmpty;

    /// <summary>How long until a cell that shows a sketch has been still for long enough; null when none does.</summary>
    public TimeSpan? UntilRefinement
    {
        get
        {
            TimeSpan? least = null;
            for (var index = Sketched.Next(0); index >= 0; index = Sketched.Next(index + 1))
            {
                var until = _motion.UntilStill(index);
                least = least is null || until < least ? until : least;
            }

            return least;
        }
    }

    /// <summary>A new picture: nothing moves, nothing is sketched.</summary>
    public void Reset(CellGrid grid)
    {
        _grid = grid;
        _motion.Reset(grid);
        Sketched.Clear(grid);
        Chosen.Clear(grid);
    }

    /// <summary>Goes on for other viewers of the same picture, who see the same sketches.</summary>
    public void Adopt(SketchPad other)
    {
        Reset(other._grid);
        _motion.Adopt(other._motion);
        Sketched.Add(other.Sketched);
    }

    /// <summary>Takes note of what changed, and adds to <paramref name="pending"/> the sketched cells that have become still.</summary>
    public void Note(CellSet damaged, CellSet pending)
    {
        _motion.Note(damaged);
        for (var index = Sketched.Next(0); index >= 0; index = Sketched.Next(index + 1))
        {
            if (_motion.IsStill(index))
            {
                pending.Add(index);
            }
        }
    }

    /// <summary>Moves the pending cells that are worth a sketch to <see cref="Chosen"/>. False when there are none.</summary>
    public bool Choose(CellSet pending, uint[] wanted)
    {
        Chosen.Clear(_grid);
        for (var index = pending.Next(0); index >= 0; index = pending.Next(index + 1))
        {
            if (_motion.IsMoving(index) && Roughness(_grid[index], wanted) >= (Sketched.Contains(index) ? StillRough : Rough))
            {
                Chosen.Add(index);
            }
        }

        _areas = SketchArea.Around(Chosen, _grid);
        pending.Remove(Chosen);
        return _areas.Count > 0;
    }

    /// <summary>Draws what was chosen, as finely as the wish allows. Empty when there is too little budget for it.</summary>
    /// <returns>Bodies of sketches, one for each blob.</returns>
    public List<byte[]> Draw(FrameCopy frame, int budgetInBytes, int wishInBytes)
    {
        var bodies = new List<byte[]>();
        var pixels = _areas.Sum(area => area.Pixels(_grid) is var one ? one.Width * one.Height : 0);
        if (_artist.Choose(pixels, _areas.Count, budgetInBytes, wishInBytes) is { } level)
        {
            bodies.AddRange(_areas.Select(area => _artist.Draw(frame, _grid, area, Chosen, level)));
            Sketched.Add(Chosen);
            Chosen.Clear(_grid);
        }

        return bodies;
    }

    private double Roughness(Rectangle cell, uint[] wanted)
    {
        var news = 0;
        for (var y = Math.Max(cell.Y, 1); y < cell.Bottom; y++)
        {
            var above = wanted.AsSpan(((y - 1) * _grid.Width) + cell.X, cell.Width);
            var row = wanted.AsSpan((y * _grid.Width) + cell.X, cell.Width);
            for (var x = 1; x < row.Length - 1; x++)
            {
                var pixel = row[x];
                news += pixel != row[x - 1] && pixel != above[x] && pixel != above[x - 1] && pixel != above[x + 1] ? 1 : 0;
            }
        }

        return (double)news / (cell.Width * cell.Height);
    }
}
