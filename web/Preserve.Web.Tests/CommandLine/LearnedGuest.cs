using System.Security.Cryptography;
using Preserve.Web.CommandLine;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.CommandLine;

/// <summary>A data folder with one guest, whose baseline was learned on the build in use. Once for all tests of a class: it takes a dozen boots.</summary>
public sealed class LearnedGuest : IAsyncLifetime
{
    public const string Environment = "echo-guest";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder _root = new();

    public string Data => Path.Combine(_root.Path, "data");

    public string Report => Path.Combine(_root.Path, "report");

    public string Junit => Path.Combine(_root.Path, "junit.xml");

    public static byte[] Image => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "guests", "echo.img"));

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_root.Path, (UnixFileMode)0b111_101_101);
        await ImportAsync(Image, Data);
        var (exitCode, output, errors) = await RegressAsync(Data, "--learn");
        Assert.True(exitCode == 0, output + errors);
    }

    public Task<(int ExitCode, string Output, string Errors)> RegressAsync(string data, params string[] arguments) =>
        PreserveProcess.RunAsync(s_patience, ["regress", "--data", data, "--report", Report, "--junit", Junit, .. arguments]);

    /// <summary>A new folder beside the others.</summary>
    public string CreateFolder(string name) => Directory.CreateDirectory(Path.Combine(_root.Path, name)).FullName;

    /// <summary>Makes a data folder that has the guest with this image.</summary>
    public async Task ImportAsync(byte[] image, string data)
    {
        var archive = CreateFolder($"archive-of-{Path.GetFileName(data)}");
        await File.WriteAllBytesAsync(Path.Combine(archive, "echo.img"), image, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(archive, "archive.json"), $$"""
            {
              "format": "preserve-archive/1",
              "objects": [ {
                "id": "{{Environment}}", "title": "Echo", "date": "2026", "creators": ["Somebody"], "description": "Echoes.", "rights": "CC0-1.0", "source": "here",
                "media": [ { "file": "echo.img", "name": "echo.img", "kind": "floppy-1440K", "format": "raw", "size": {{image.Length}},
                  "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(image))}}" } ],
                "environments": [ { "id": "{{Environment}}", "architecture": "i386", "machine": "pc", "memoryMiB": 4, "drives": { "floppy0": "echo.img" },
                  "boot": "floppy", "settlesAfterSeconds": 1, "settledScreen": "its greeting", "tryThis": "type" } ]
              } ]
            }
            """, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(data, (UnixFileMode)0b111_101_101);
        var (exitCode, _, errors) = await PreserveProcess.RunAsync("import", archive, "--data", data);
        Assert.True(exitCode == ExitCode.Done, errors);
    }

    public ValueTask DisposeAsync()
    {
        _root.Dispose();
        return ValueTask.CompletedTask;
    }
}
