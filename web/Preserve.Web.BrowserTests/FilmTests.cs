using Preserve.Web.BrowserTests.Running;

namespace Preserve.Web.BrowserTests;

/// <summary>A screen that is all in motion: sketched while it moves, exact when it rests.</summary>
public sealed class FilmTests(Museum museum) : IClassFixture<Museum>
{
    /// <summary>What the guest can show at all.</summary>
    private const int Palette = 256;

    [Theory(Timeout = 150_000), InlineData(null), InlineData(Museum.OtherName)]
    public async Task A_film_is_sketched_while_it_moves_and_exact_when_it_is_paused(string? host)
    {
        var visit = await Visit.StartAsync(museum, "balls", host);
        await visit.SeesAsync([0, 0, 640, 448], "r > 128 && g < 64", 100);
        await visit.EnterAsync();
        await visit.Page.Keyboard.PressAsync("p");

        await visit.UntilAsync(async () => await CountColorsAsync(visit) > 2 * Palette, "more colours than the guest has, as only a sketch shows them");

        await visit.Page.Keyboard.PressAsync(" ");
        await visit.UntilAsync(async () => await CountColorsAsync(visit) is > 32 and <= Palette, "the paused picture in the guest's own colours");
    }

    private static Task<int> CountColorsAsync(Visit visit) => visit.Page.EvaluateAsync<int>("""
        () => document.querySelector('preserve-player').readPixels().then(({ width, data }) => {
          const colors = new Set();
          for (let at = 0; at < width * 448 * 4; at += 4) colors.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
          return colors.size;
        })
        """);
}
