using Preserve.Web.BrowserTests.Running;

namespace Preserve.Web.BrowserTests;

public sealed class PosterTests(PosterMuseum museum) : IClassFixture<PosterMuseum>
{
    [Fact(Timeout = 180_000)]
    public async Task Posters_are_made_in_the_background_and_hang_in_the_gallery()
    {
        var page = await museum.OpenAsync("/");
        var poster = page.Locator("img[src$='/poster.png']").First;
        for (var i = 0; i < 120 && await poster.CountAsync() == 0; i++)
        {
            await page.WaitForTimeoutAsync(1000);
            await page.ReloadAsync();
        }

        Assert.True(await poster.EvaluateAsync<bool>("image => (image.loading = 'eager', image.decode().then(() => image.naturalWidth >= 320))"));
    }
}
