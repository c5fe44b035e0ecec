using Preserve.Web.CommandLine;

namespace Preserve.Web.Tests.CommandLine;

public sealed class DataFolderTests
{
    [Theory]
    [InlineData("/chosen", "/named", "/xdg", "/home/a", false, "/chosen")]
    [InlineData(null, "/named", "/xdg", "/home/a", true, "/named")]
    [InlineData(null, null, "/xdg", "/root", true, "/var/lib/preserve")]
    [InlineData(null, null, "/xdg", "/home/a", false, "/xdg/preserve")]
    [InlineData(null, null, "relative", "/home/a", false, "/home/a/.local/share/preserve")]
    [InlineData(null, "", null, "/home/a", false, "/home/a/.local/share/preserve")]
    public void All_verbs_share_one_data_folder(string? chosen, string? named, string? xdg, string home, bool isRoot, string expected) =>
        Assert.Equal(expected, DataFolder.Resolve(chosen, name => name switch
        {
            DataFolder.Variable => named,
            "XDG_DATA_HOME" => xdg,
            "HOME" => home,
            _ => null,
        }, isRoot));
}
