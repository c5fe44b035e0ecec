using System.Net;
using System.Net.Sockets;
using Preserve.Web.CommandLine;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.CommandLine;

public sealed class VerbTests
{
    private const int Limit = 120_000;

    /// <summary>One object: 512 zero bytes with their digest.</summary>
    internal const string Manifest = """
        {
          "format": "preserve-archive/1",
          "objects": [ {
            "id": "nothing-much", "title": "Nothing much", "date": "1990", "creators": ["Nobody"], "description": "Zeros.", "rights": "CC0-1.0", "source": "here",
            "media": [ { "file": "disk.img", "name": "disk.img", "kind": "floppy-512B", "format": "raw", "size": 512,
              "sha256": "076a27c79e5ace2a3d47f9dd2e83e4ff6ea8872b3c2218f66c92b89b55f36560" } ],
            "environments": [ { "id": "nothing-much", "architecture": "i386", "machine": "pc", "memoryMiB": 4, "drives": { "floppy0": "disk.img" },
              "boot": "floppy", "settlesAfterSeconds": 1, "settledScreen": "nothing", "tryThis": "nothing" } ]
          } ]
        }
        """;

    [Theory(Timeout = Limit)]
    [InlineData("import", "--help")]
    [InlineData("import", "help")]
    [InlineData("--certificate", "help", "run")]
    [InlineData("0.", "--version")]
    [InlineData("pc-486", "profiles")]
    public async Task What_only_tells_something_ends_with_0(string word, params string[] arguments)
    {
        var (exitCode, output, _) = await PreserveProcess.RunAsync(arguments);

        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Contains(word, output, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("run", "--nonsense")]
    [InlineData("import")]
    [InlineData("run", "--urls", "https://127.0.0.1:0", "--data", "/tmp/preserve-never-made")]
    [InlineData("run", "--urls", "not an address", "--data", "/tmp/preserve-never-made")]
    [InlineData("worker", "--data", "/tmp/preserve-never-made")]
    [InlineData("help", "nonsense")]
    [InlineData("run", "--certificate", "/tmp/preserve-never-made", "--urls", "https://127.0.0.1:0", "--data", "/tmp/preserve-never-made")]
    [InlineData("fixity", "--data", "/tmp/preserve-never-made")]
    [InlineData("export", "--all", "--to", "/tmp/preserve-never-made", "--data", "/tmp/preserve-never-made")]
    [InlineData("rebuild", "--data", "/tmp/preserve-never-made")]
    [InlineData("admin", "reset", "--name", "nobody", "--data", "/tmp/preserve-never-made")]
    public async Task A_wrong_command_line_ends_with_2_and_touches_nothing(params string[] arguments)
    {
        var (exitCode, _, errors) = await PreserveProcess.RunAsync(arguments);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.NotEqual("", errors);
        Assert.False(Directory.Exists("/tmp/preserve-never-made"));
    }

    [Theory(Timeout = Limit)]
    [InlineData("run")]
    [InlineData("import", "/tmp")]
    [InlineData("starter")]
    public async Task A_data_folder_that_cannot_be_one_ends_with_2_and_is_named(params string[] verb)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "a-file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var (exitCode, _, errors) = await PreserveProcess.RunAsync([.. verb, "--data", file]);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains($"--data: {file} cannot be the data folder", errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Root_is_refused_a_data_folder_that_sandboxes_cannot_enter_before_anything_is_made()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root's sandboxes run as another user.");
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var data = Path.Combine(folder.Path, "data");

        var (exitCode, _, errors) = await PreserveProcess.RunAsync("run", "--urls", "http://127.0.0.1:0", "--data", data);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains($"chmod o+x {folder.Path}", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    [Fact(Timeout = Limit)]
    public async Task An_address_that_is_taken_ends_with_1_and_a_proposal_before_anything_is_brought_in()
    {
        using var data = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var (exitCode, _, errors) = await PreserveProcess.RunAsync("run", "--urls", taken, "--data", data.Path);

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Contains($"already listens at {taken}", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.False(File.Exists(Path.Combine(data.Path, "catalog.db")));
    }

    [Fact(Timeout = Limit)]
    public async Task A_folder_without_a_manifest_is_refused_with_3_and_said_so()
    {
        using var data = new TemporaryFolder();
        using var archive = new TemporaryFolder();

        var (exitCode, _, errors) = await PreserveProcess.RunAsync("import", archive.Path, "--data", data.Path);

        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Contains("archive.json", errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task What_is_no_OCFL_object_is_invalid_with_3_and_its_codes_are_told_as_text_and_JSON()
    {
        using var folder = new TemporaryFolder();

        var (asText, text, _) = await PreserveProcess.RunAsync("ocfl", "validate", folder.Path);
        var (asJson, json, _) = await PreserveProcess.RunAsync("ocfl", "validate", folder.Path, "--root", "--json");

        Assert.Equal((ExitCode.Refused, ExitCode.Refused), (asText, asJson));
        Assert.StartsWith("E003 .: there is no file 0=ocfl_object_", text, StringComparison.Ordinal);
        using var answer = System.Text.Json.JsonDocument.Parse(json);
        Assert.False(answer.RootElement.GetProperty("isValid").GetBoolean());
        Assert.Equal("E069", answer.RootElement.GetProperty("findings")[0].GetProperty("code").GetString());
    }

    [Fact(Timeout = Limit)]
    public async Task An_import_beside_the_running_service_is_on_show_at_once()
    {
        using var data = new TemporaryFolder();
        using var archive = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(archive.Path, "disk.img"), new byte[512], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(archive.Path, "archive.json"), Manifest, TestContext.Current.CancellationToken);
        await using var service = PreserveProcess.Start("run", "--urls", "http://127.0.0.1:0", "--data", data.Path);
        var address = await service.AddressAsync();

        var (import, _, errors) = await PreserveProcess.RunAsync("import", archive.Path, "--data", data.Path);
        using var client = new HttpClient { BaseAddress = address };
        var page = await client.GetStringAsync(new Uri("/exhibits/nothing-much", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(import == ExitCode.Done, errors);
        Assert.Contains("Nothing much", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_second_service_on_one_data_folder_ends_with_4_and_leaves_the_first_alone()
    {
        using var data = new TemporaryFolder();
        await using var service = PreserveProcess.Start("run", "--urls", "http://127.0.0.1:0", "--data", data.Path);
        var address = await service.AddressAsync();

        var (second, _, errors) = await PreserveProcess.RunAsync("run", "--urls", "http://127.0.0.1:0", "--data", data.Path);
        using var client = new HttpClient { BaseAddress = address };
        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(second == ExitCode.DataFolderInUse, errors);
        Assert.True(answer.IsSuccessStatusCode);
    }
}
