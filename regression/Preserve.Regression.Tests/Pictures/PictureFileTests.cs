using Preserve.Regression.Pictures;
using Preserve.Regression.Tests.Comparison;

namespace Preserve.Regression.Tests.Pictures;

public class PictureFileTests
{
    [Fact]
    public void A_picture_comes_back_from_its_file_pixel_for_pixel()
    {
        var picture = new Painted().Fill(3, 5, 100, 90, 0x010203).SmoothedEdge(0x7F).Picture;
        Assert.Equal(picture.Digest, PictureFile.Decode(PictureFile.Encode(picture))!.Digest);
    }

    [Fact]
    public void What_is_no_picture_is_none() => Assert.Null(PictureFile.Decode("not a picture"u8));

    [Fact]
    public void A_file_that_was_cut_off_is_none()
    {
        var file = PictureFile.Encode(new Painted().SmoothedEdge(0x7F).Picture);
        Assert.Null(PictureFile.Decode(file.AsSpan(0, file.Length / 2)));
    }
}
