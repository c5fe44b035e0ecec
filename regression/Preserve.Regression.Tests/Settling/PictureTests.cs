using Preserve.Emulation.Display;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Tests.Settling;

public class PictureTests
{
    [Fact]
    public void Pictures_of_equal_pixels_and_other_shape_differ()
    {
        var (wide, tall) = (new FrameCopy(), new FrameCopy());
        wide.Resize(64, 32);
        tall.Resize(32, 64);
        Assert.NotEqual(Picture.DigestOf(wide), Picture.DigestOf(tall));
    }

    [Fact]
    public void A_picture_keeps_its_pixels_when_the_frame_changes()
    {
        var frame = new FrameCopy();
        frame.Resize(8, 8);
        var picture = Picture.Of(frame);
        frame.Pixels[0] = 0xFFFFFF;
        Assert.Equal(0u, picture.Pixels[0]);
        Assert.NotEqual(Picture.DigestOf(frame), picture.Digest);
    }

    [Fact]
    public void Only_one_colour_is_blank()
    {
        Assert.True(Picture.Of(Screens.Blank).IsBlank);
        Assert.False(Picture.Of(Screens.Prompt).IsBlank);
    }

    [Fact]
    public void A_frame_without_pixels_is_no_picture() => Assert.Throws<ArgumentException>(() => Picture.Of(new FrameCopy()));
}
