using Preserve.Regression.Comparison;

namespace Preserve.Regression.Tests.Comparison;

public class PerceivedDifferenceTests
{
    /// <summary>The examples of the class comment.</summary>
    [Theory]
    [InlineData(0x123456, 0x123456, 0.0)]
    [InlineData(0xFFFFFF, 0x000000, 0.966)]
    [InlineData(0xFFFFFF, 0xF0F0F0, 0.057)]
    [InlineData(0xFF0000, 0x0000FF, 0.707)]
    public void Distance_is_what_the_documentation_works_out(uint one, uint other, double distance) =>
        Assert.Equal(distance, PerceivedDifference.Distance(one, other), 3);

    [Fact]
    public void A_black_pixel_on_white_is_visible()
    {
        var white = new Painted().Fill(0, 0, 320, 200, 0xFFFFFF).Picture;
        var spot = new Painted().Fill(0, 0, 320, 200, 0xFFFFFF).Fill(50, 50, 1, 1, 0).Picture;
        Assert.False(PerceivedDifference.IsHardlyVisible(white, spot, 50, 50));
    }
}
