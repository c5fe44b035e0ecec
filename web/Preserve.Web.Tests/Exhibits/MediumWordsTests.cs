using Preserve.Catalog.Objects;
using Preserve.Web.Exhibits;

namespace Preserve.Web.Tests.Exhibits;

public sealed class MediumWordsTests
{
    [Theory]
    [InlineData("one 1.44 MB floppy disk", "floppy-1440K:1474560")]
    [InlineData("two 1.44 MB floppy disks", "floppy-1440K:1474560", "floppy-1440K:1474560")]
    [InlineData("one 160 KB floppy disk", "floppy-160K:163840")]
    [InlineData("one boot sector of 512 bytes", "floppy-512B:512")]
    [InlineData("two hard disks of 1.2 MB and 2.2 MB", "harddisk:1197568", "harddisk:2227712")]
    [InlineData("one 1.44 MB floppy disk and one compact disc of 650 MB", "floppy-1440K:1474560", "optical:650000000")]
    [InlineData("one program of 26 KB, loaded by the machine itself", "kernel:25600")]
    [InlineData("no medium: what is in the machine itself")]
    public void Media_are_said_as_a_label_says_them(string words, params string[] media) =>
        Assert.Equal(words, MediumWords.Describe([.. media.Select(Medium)]));

    private static Medium Medium(string kindAndLength)
    {
        var (kind, length) = (kindAndLength.Split(':')[0], long.Parse(kindAndLength.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
        var file = new StoredFile { Name = "a", LengthInBytes = length, Sha256 = new string('a', 64) };
        return new Medium
        {
            ObjectId = "a", Name = "a", Kind = kind, Representations = { new Representation { Format = "raw", Files = { file } } },
        };
    }
}
