using Preserve.Emulation.Builds;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Tests.Builds;

public sealed class BuildRegisterTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("preserve-builds-").FullName;

    private string File => Path.Combine(_root, "data", "emulators.json");

    [Fact]
    public void A_build_that_is_added_is_there_for_the_next_reader_until_it_is_removed()
    {
        new BuildRegister(null, File).Add(new BuildFolder("qemu-git", "qemu", _root));
        Assert.Equal("qemu-git", Assert.Single(new BuildRegister(null, File).Folders).Name);
        Assert.True(new BuildRegister(null, File).Remove("qemu-git"));
        Assert.Empty(new BuildRegister(null, File).Folders);
        Assert.False(new BuildRegister(null, File).Remove("qemu-git"));
    }

    [Fact]
    public void Subfolders_of_the_shared_root_are_builds()
    {
        Directory.CreateDirectory(Path.Combine(_root, "shared", "qemu-10.0.2"));
        var folder = Assert.Single(new BuildRegister(Path.Combine(_root, "shared"), File).Folders);
        Assert.Equal(("qemu-10.0.2", Path.Combine(_root, "shared", "qemu-10.0.2")), (folder.Name, folder.Path));
    }

    [Theory, InlineData("../qemu"), InlineData(""), InlineData("Qemu"), InlineData("-L")]
    public void A_name_that_could_be_something_else_is_refused(string name) =>
        Assert.Throws<EmulatorBuildException>(() => new BuildRegister(null, File).Add(new BuildFolder(name, "qemu", _root)));

    [Fact]
    public void A_name_that_is_taken_and_a_folder_that_is_not_there_are_refused()
    {
        var register = new BuildRegister(null, File);
        register.Add(new BuildFolder("qemu-git", "qemu", _root));
        Assert.Throws<EmulatorBuildException>(() => register.Add(new BuildFolder("qemu-git", "qemu", _root)));
        Assert.Throws<EmulatorBuildException>(() => register.Add(new BuildFolder("other", "qemu", Path.Combine(_root, "nowhere"))));
    }

    [Fact]
    public void A_register_that_is_damaged_says_which_file_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "{");
        Assert.Contains(File, Assert.Throws<EmulatorBuildException>(() => new BuildRegister(null, File).Folders).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
