using System.Text;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Sessions;

public sealed class SessionFoldersTests : IDisposable
{
    private readonly string _data = StarterWorker.NewFolder();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void A_folder_that_is_locked_is_no_leftover()
    {
        var folders = SessionFolders.Open(_data);
        var live = folders.Create();
        live.CreateChannel(0);

        Assert.Equal(0, SessionFolders.Open(_data).CleanLeftovers());

        Assert.True(Directory.Exists(live.Path));
        Assert.True(live.Delete());
        Assert.Empty(Directory.EnumerateFileSystemEntries(folders.Root));
    }

    [Fact]
    public void What_nobody_holds_is_cleaned_without_following_links()
    {
        var outside = Path.Combine(_data, "outside");
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "kept"), "kept");
        var folders = SessionFolders.Open(_data);
        var machine = Path.Combine(folders.Root, "0123456789", "0", "machine");
        Directory.CreateDirectory(Path.Combine(machine, "deep", "deeper"));
        File.WriteAllText(Path.Combine(machine, "deep", "deeper", "overlay"), "overlay");
        File.CreateSymbolicLink(Path.Combine(machine, "link"), Path.Combine(outside, "kept"));
        Directory.CreateSymbolicLink(Path.Combine(machine, "folder"), outside);
        File.WriteAllText(Path.Combine(folders.Root, "0123456789.lock"), "");

        Assert.Equal(1, folders.CleanLeftovers());

        Assert.Empty(Directory.EnumerateFileSystemEntries(folders.Root));
        Assert.True(File.Exists(Path.Combine(outside, "kept")));
    }

    [Fact]
    public void A_long_data_folder_gets_a_short_one_elsewhere_and_finds_it_again()
    {
        var data = Path.Combine(_data, new string('d', 100));
        var folders = SessionFolders.Open(data);
        var folder = folders.Create();

        var socket = Path.Combine(folder.CreateChannel(3), "machine", "display.sock");

        Assert.InRange(Encoding.UTF8.GetByteCount(socket), 1, 107);
        Assert.Equal(folders.Root, SessionFolders.Open(data).Root);
        Assert.True(folder.Delete());
        Directory.Delete(folders.Root);
        Assert.NotEqual(folders.Root, SessionFolders.Open(data).Root);
        Directory.Delete(SessionFolders.Open(data).Root);
    }

    [Fact]
    public void Only_one_service_runs_on_a_data_folder()
    {
        using (ServiceLock.Acquire(_data))
        {
            var problem = Assert.Throws<ServiceLockedException>(() => ServiceLock.Acquire(_data));
            Assert.Contains(_data, problem.Message, StringComparison.Ordinal);
        }

        ServiceLock.Acquire(_data).Dispose();
    }
}
