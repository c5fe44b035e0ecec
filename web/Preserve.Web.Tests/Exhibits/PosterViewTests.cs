using Preserve.Web.Exhibits;

namespace Preserve.Web.Tests.Exhibits;

public sealed class PosterViewTests
{
    [Theory]
    [InlineData(320, 200, 0.8333, 2, 640, 480)]
    [InlineData(640, 480, 1, 1, 640, 480)]
    [InlineData(720, 400, 0.7407, 1, 720, 540)]
    [InlineData(1024, 768, 1, 1, 1024, 768)]
    [InlineData(160, 120, 1, 4, 640, 480)]
    public void A_poster_hangs_at_the_largest_whole_scale_that_fits(int width, int height, double aspect, int scale, int shownWidth, int shownHeight)
    {
        var poster = PosterView.Hang("", width, height, aspect);

        Assert.Equal((scale, shownWidth, shownHeight), (poster.Scale, poster.ShownWidth, poster.ShownHeight));
    }
}
