using System.Net.Sockets;
using Preserve.Sandbox.Hostile;

namespace Preserve.Sandbox.Tests;

/// <summary>What a sandboxed program planted in its private folder is not followed, waited for, or read past its bound.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const int Patience = 60_000;

    private readonly PrivateFolder _folder = NewFolder();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_regular_file_within_its_bound_is_read()
    {
        await PlantAsync("open F, '>', '/private/good'; print F 'hello'");
        using var reader = new StreamReader(HostileFile.OpenRead(_folder.Path, "good", 5));
        Assert.Equal("hello", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory(Timeout = Patience)]
    [InlineData("symlink '/etc/passwd', '/private/bad'")]
    [InlineData("symlink '/private/other', '/private/bad'; open F, '>', '/private/other'")]
    [InlineData("require POSIX; POSIX::mkfifo('/private/bad', 0600)")]
    [InlineData("mkdir '/private/bad'")]
    [InlineData("socket S, 1, 1, 0; bind S, pack('Sa*', 1, \"/private/bad\\0\")")]
    [InlineData("open F, '>', '/private/bad'; print F 'x' x 1001")]
    [InlineData("1")]
    public async Task Anything_else_is_refused_at_once(string script)
    {
        await PlantAsync(script);
        Assert.Throws<HostileFileException>(() => HostileFile.OpenRead(_folder.Path, "bad", 1000));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a/b")]
    public void A_name_that_is_a_path_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => HostileFile.OpenRead(_folder.Path, name, 1000));
    }

    [Fact(Timeout = Patience)]
    public async Task A_file_that_grows_after_the_look_is_read_to_the_length_it_had()
    {
        await PlantAsync("open F, '>', '/private/good'; print F 'hello'");
        using var reader = new StreamReader(HostileFile.OpenRead(_folder.Path, "good", 5));
        await File.AppendAllTextAsync(_folder["good"], "more", TestContext.Current.CancellationToken);
        Assert.Equal("hello", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Patience)]
    public async Task A_folder_that_was_made_a_link_is_not_entered()
    {
        await PlantAsync("symlink '/etc', '/private/link'");
        Assert.Throws<HostileFileException>(() => HostileFile.OpenRead(_folder["link"], "passwd", 100_000));
    }

    [Fact(Timeout = Patience)]
    public async Task Only_a_socket_itself_is_a_socket()
    {
        await PlantAsync("socket S, 1, 1, 0; bind S, pack('Sa*', 1, \"/private/socket\\0\"); symlink 'socket', '/private/link'; open F, '>', '/private/file'");
        Assert.True(HostileFile.IsSocket(_folder["socket"]));
        Assert.False(HostileFile.IsSocket(_folder["link"]));
        Assert.False(HostileFile.IsSocket(_folder["file"]));
        Assert.False(HostileFile.IsSocket(_folder["absent"]));
    }

    [Fact(Timeout = Patience)]
    public async Task A_link_to_a_socket_of_the_host_is_not_connected_to()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        listener.Listen();
        await PlantAsync("symlink 'socket', '/private/link'");
        var token = TestContext.Current.CancellationToken;
        using var good = await HostileFile.ConnectAsync(_folder.Path, "socket", token);
        Assert.True(good.Connected);
        await Assert.ThrowsAsync<HostileFileException>(() => HostileFile.ConnectAsync(_folder.Path, "link", token));
    }

    [Fact(Timeout = Patience)]
    public async Task A_folder_is_deleted_whatever_it_holds_and_nothing_that_it_links_to()
    {
        var outside = Directory.CreateTempSubdirectory("preserve-test-");
        await File.WriteAllTextAsync(Path.Combine(outside.FullName, "kept"), "", TestContext.Current.CancellationToken);
        await PlantAsync($"symlink '{outside.FullName}', '/private/link'; mkdir '/private/closed'; open F, '>', '/private/closed/file'; chmod 0, '/private/closed'; "
            + "require POSIX; POSIX::mkfifo('/private/fifo', 0600)");
        Directory.CreateDirectory(_folder[string.Join('/', Enumerable.Repeat("deep", 700))]);
        HostileFolder.Delete(_folder.Path);
        Assert.False(Path.Exists(_folder.Path));
        Assert.True(File.Exists(Path.Combine(outside.FullName, "kept")));
        outside.Delete(recursive: true);
    }

    private static PrivateFolder NewFolder()
    {
        Requirement.OfSandbox();
        return new PrivateFolder();
    }

    private async Task PlantAsync(string script)
    {
        var result = await Probe.RunAsync(Probe.Spec(script) with { PrivateFolder = _folder.Mount });
        Assert.Equal(0, result.Exit.ExitCode);
    }
}
