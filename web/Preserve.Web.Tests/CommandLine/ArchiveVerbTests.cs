using Preserve.Web.CommandLine;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.CommandLine;

/// <summary>The verbs that keep an archive, one after the other on a real data folder.</summary>
public sealed class ArchiveVerbTests : IAsyncLifetime
{
    private const int Limit = 180_000;

    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _archive = new();

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(Path.Combine(_archive.Path, "disk.img"), new byte[512]);
        await File.WriteAllTextAsync(Path.Combine(_archive.Path, "archive.json"), VerbTests.Manifest);
        await RunAsync(ExitCode.Done, "import", _archive.Path);
    }

    public ValueTask DisposeAsync()
    {
        _data.Dispose();
        _archive.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact(Timeout = Limit)]
    public async Task A_lost_database_is_made_anew_from_storage_and_only_a_lost_one()
    {
        Assert.Contains("has objects", await RunAsync(ExitCode.Refused, "rebuild"), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_data.Path, "catalog.db*"))
        {
            File.Delete(file);
        }

        Assert.StartsWith("1 objects, 1 media, 1 environments and 1 exhibits", await RunAsync(ExitCode.Done, "rebuild"), StringComparison.Ordinal);

        var (_, validated, _) = await PreserveProcess.RunAsync("ocfl", "validate", Path.Combine(_data.Path, "storage"), "--root");
        Assert.EndsWith("valid storage root, OCFL 1.1, 1 object, 0 errors, 0 warnings\n", validated, StringComparison.Ordinal);
        await RunAsync(ExitCode.Done, "fixity");
    }

    [Fact(Timeout = Limit)]
    public async Task An_exported_bag_is_valid_and_a_damaged_object_is_found_and_not_exported()
    {
        using var outside = new TemporaryFolder();
        var bag = Path.Combine(outside.Path, "bag");
        await RunAsync(ExitCode.Done, "export", "nothing-much", "--to", bag);
        var (valid, words, _) = await PreserveProcess.RunAsync("bag", "validate", bag);
        Assert.True(valid == ExitCode.Done, words);

        var medium = Directory.EnumerateFiles(_data.Path, "disk.img", SearchOption.AllDirectories).Single();
        File.SetUnixFileMode(medium, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllBytesAsync(medium, [.. new byte[511], 1], TestContext.Current.CancellationToken);

        Assert.Contains("DAMAGED nothing-much", await RunAsync(ExitCode.Refused, "fixity", "--object", "nothing-much"), StringComparison.Ordinal);
        Assert.Contains("no second storage root", await RunAsync(ExitCode.Refused, "fixity", "--repair"), StringComparison.Ordinal);
        Assert.Contains("damaged in storage", await RunAsync(ExitCode.Refused, "export", "--all", "--to", Path.Combine(outside.Path, "none")), StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("export", "--to", "/tmp/preserve-never-made")]
    [InlineData("export", "nothing-much", "--all", "--to", "/tmp/preserve-never-made")]
    public async Task An_export_of_nothing_or_of_two_things_is_a_wrong_command_line(params string[] arguments) => await RunAsync(ExitCode.Usage, arguments);

    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        var (exitCode, output, errors) = await PreserveProcess.RunAsync([.. arguments, "--data", _data.Path]);
        Assert.True(exitCode == expected, $"{exitCode}: {output}{errors}");
        return output + errors;
    }
}
