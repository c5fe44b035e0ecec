using System.Text;
using Preserve.Emulation.Display;

namespace Preserve.Emulation.Tests.Display;

public class PortablePixmapTests
{
    [Fact]
    public void A_pixmap_becomes_pixels_row_by_row()
    {
        var frame = PortablePixmap.Read([.. "P6\n2 1\n255\n"u8, 1, 2, 3, 0xAA, 0xBB, 0xCC]);
        Assert.Equal((2, 1), (frame.Width, frame.Height));
        Assert.Equal([0x010203u, 0xAABBCCu], frame.Pixels);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P6")]
    [InlineData("P5\n2 1\n255\nabcdef")]
    [InlineData("P6\n2 1\n65535\nabcdef")]
    [InlineData("P6\n2 1\n255\nabcde")]
    [InlineData("P6\n0 1\n255\nabcdef")]
    [InlineData("P6\n-2 1\n255\nabcdef")]
    [InlineData("P6\n99999 99999\n255\nabcdef")]
    [InlineData("P6\n4294967298 1\n255\nabcdef")]
    public void What_is_no_screen_is_refused(string file) =>
        Assert.Throws<InvalidDataException>(() => PortablePixmap.Read(Encoding.ASCII.GetBytes(file)));
}
