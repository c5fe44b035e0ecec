using Preserve.Web.BrowserTests.Running;

namespace Preserve.Web.BrowserTests;

/// <summary>What a visitor sees and types when the network is gone for ten seconds.</summary>
public sealed class NetworkCutTests(Museum museum) : IClassFixture<Museum>
{
    private const int Limit = 150_000;
    private const string Lit = "r + g + b > 200";

    /// <summary>The top of the line after the echo guest's prompt (cells of 9 x 16 pixels, row 2 from column 2), where an X has pixels and an x has none.</summary>
    private static readonly int[] TopOfCapitals = [18, 32, 400, 4];

    /// <summary>The line below, and its upper part.</summary>
    private static readonly int[] NextLine = [18, 48, 400, 14];
    private static readonly int[] TopOfNextLine = [18, 48, 400, 4];

    private static readonly TimeSpan CutTime = TimeSpan.FromSeconds(10);

    [Fact(Timeout = Limit)]
    public async Task After_a_cut_of_ten_seconds_the_picture_moves_again_by_itself()
    {
        await using var cable = new Cable(museum.Service.Address);
        var visit = await Visit.StartAsync(museum, "animation", port: cable.Port);
        await visit.SeesAsync([0, 0, 320, 200], Lit, 1000);

        cable.Cut();
        await visit.IsAsync("reconnecting");
        var still = await PictureAsync(visit);
        await Task.Delay(CutTime, TestContext.Current.CancellationToken);
        Assert.Equal(still, await PictureAsync(visit));
        cable.Mend();

        await visit.IsAsync("running");
        await visit.UntilAsync(async () => await PictureAsync(visit) != still, "the picture moves again");
    }

    [Fact(Timeout = Limit)]
    public async Task Keys_held_when_the_network_was_cut_are_not_stuck_and_typing_works_again()
    {
        await using var cable = new Cable(museum.Service.Address);
        var visit = await Visit.StartAsync(museum, "echo", port: cable.Port);
        await visit.SeesAsync([0, 0, 500, 16], Lit, 500);
        await visit.EnterAsync();
        var keyboard = visit.Page.Keyboard;
        await keyboard.DownAsync("Shift");
        await keyboard.DownAsync("x");
        await visit.SeesAsync(TopOfCapitals, Lit, 4);
        var typed = await visit.CountAsync(TopOfCapitals, Lit);

        cable.Cut();
        await visit.IsAsync("reconnecting");
        await keyboard.UpAsync("x");
        await keyboard.UpAsync("Shift");
        await Task.Delay(CutTime, TestContext.Current.CancellationToken);
        cable.Mend();
        await visit.IsAsync("running");

        // Whoever had the keyboard in the machine, and turned to nothing else, has it there again.
        await visit.UntilAsync(() => visit.Page.EvaluateAsync<bool>("document.querySelector('preserve-player').shadowRoot.querySelector('.stage.entered') !== null"), "the machine has the keyboard");
        await keyboard.PressAsync("Enter");
        await keyboard.TypeAsync("xxxxxxxx", new() { Delay = 30 });
        await visit.SeesAsync(NextLine, Lit, 100);
        Assert.Equal(0, await visit.CountAsync(TopOfNextLine, Lit));
        Assert.Equal(typed, await visit.CountAsync(TopOfCapitals, Lit));
    }

    // Enough of the picture to tell whether it moved.
    private static Task<string> PictureAsync(Visit visit) => visit.Page.EvaluateAsync<string>("""
        () => document.querySelector('preserve-player').readPixels().then(({ width, height, data }) => {
          let sum = 0;
          for (let i = 0; i < data.length; i++) sum = (sum * 31 + data[i]) | 0;
          return `${width} x ${height}: ${sum}`;
        })
        """);
}
