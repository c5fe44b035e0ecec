using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Catalog.Probing;
using Preserve.Sandbox;

namespace Preserve.Catalog.Tests.Probing;

/// <summary>The real child in the real sandbox, and a folder for files that its user can read.</summary>
public sealed class ProbeFixture : IDisposable
{
    private readonly BubblewrapSandbox _sandbox = new(new SandboxOptions(), NullLogger.Instance);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("preserve-probe-");

    public ProbeFixture()
    {
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        Probe = new Probe(_sandbox, Program);
    }

    /// <summary>The host of the tests in the place of the product.</summary>
    public static ProbeProgram Program { get; } = ProbeProgram.Of(Path.Combine(AppContext.BaseDirectory, "Preserve.Catalog.Tests.Host"));

    public ISandbox Sandbox => _sandbox;

    public Probe Probe { get; }

    public string Folder => _folder.FullName;

    public ProbeFile Write(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}");
        File.WriteAllBytes(path, content);
        return new ProbeFile(path, name);
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _folder.Delete(recursive: true);
    }
}
