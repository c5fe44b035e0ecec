using Preserve.Emulation.Display;

namespace Preserve.Emulation.Tests.Display;

public class DamageMapTests
{
    [Fact]
    public void A_cut_off_tile_counts()
    {
        var map = new DamageMap(17, 33);
        Assert.Equal((2, 3), (map.Columns, map.Rows));
    }

    [Theory]
    [InlineData(0, 0, 1, 1, 1)]
    [InlineData(15, 15, 2, 2, 4)]
    [InlineData(16, 0, 16, 16, 1)]
    [InlineData(0, 0, 100, 50, 28)]
    [InlineData(5, 5, 0, 9, 0)]
    public void An_area_damages_the_tiles_it_touches(int x, int y, int width, int height, int tiles)
    {
        var map = new DamageMap(100, 50);
        map.Add(new Rectangle(x, y, width, height));
        Assert.Equal(tiles, map.Count);
        Assert.Equal(tiles == 0, map.IsEmpty);
    }

    [Fact]
    public void Runs_and_visits_find_exactly_the_tiles_that_are_set()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var map = new DamageMap(random.Next(1, 1500), random.Next(1, 200));
            var set = new HashSet<(int Column, int Row)>();
            for (var n = random.Next(map.Columns * map.Rows * 2); n > 0; n--)
            {
                var tile = (random.Next(map.Columns), random.Next(map.Rows));
                map.Set(tile.Item1, tile.Item2);
                set.Add(tile);
            }

            var visited = new List<(int, int)>();
            map.ForEach((column, row) => visited.Add((column, row)));
            Assert.Equal(set.OrderBy(tile => tile.Row).ThenBy(tile => tile.Column), visited);
            Assert.Equal(visited, TilesOfRuns(map));
        }
    }

    [Fact]
    public void A_tile_outside_the_screen_is_refused()
    {
        var map = new DamageMap(100, 50);
        Assert.Throws<ArgumentOutOfRangeException>(() => map.Set(7, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => map[0, -1]);
    }

    [Fact]
    public void Unsetting_and_merging_change_single_tiles()
    {
        var (map, other) = (new DamageMap(2000, 20), new DamageMap(2000, 20));
        map.Set(3, 0);
        other.Set(124, 1);
        map.Add(other);
        map.Unset(3, 0);
        Assert.Equal(1, map.Count);
        Assert.True(map[124, 1]);
    }

    private static List<(int Column, int Row)> TilesOfRuns(DamageMap map)
    {
        var tiles = new List<(int, int)>();
        var position = 0;
        while (map.TryFindRun(ref position, out var run))
        {
            Assert.True(run.Column + run.Count <= map.Columns);
            tiles.AddRange(Enumerable.Range(run.Column, run.Count).Select(column => (column, run.Row)));
        }

        return tiles;
    }
}
