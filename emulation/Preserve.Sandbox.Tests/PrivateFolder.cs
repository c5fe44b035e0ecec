using Preserve.Sandbox.Hostile;

namespace Preserve.Sandbox.Tests;

/// <summary>A private folder for one test, gone afterwards.</summary>
internal sealed class PrivateFolder : IDisposable
{
    public PrivateFolder()
    {
        using var sandbox = Probe.NewSandbox();
        sandbox.CreatePrivateFolder(Path);
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"preserve-test-{Guid.NewGuid():N}");

    /// <summary>As it is seen inside.</summary>
    public SandboxMount Mount => new(Path, "/private");

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => HostileFolder.Delete(Path);
}
