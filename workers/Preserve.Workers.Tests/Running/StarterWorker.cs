namespace Preserve.Workers.Tests.Running;

/// <summary>One worker with the starter archive for every test of a class.</summary>
public sealed class StarterWorker : IAsyncLifetime
{
    private readonly string _folder = NewFolder();
    private Worker? _worker;

    public Worker Worker => _worker!;

    /// <summary>A data folder that the sandbox's user may pass through, as a real one.</summary>
    public static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("preserve-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }

    public async ValueTask InitializeAsync()
    {
        _worker = await Worker.StartAsync(_folder, options => options with { MaximumSessions = 3 });
        await _worker.ImportAsync("echo", "animation", "painter", "tune", "debian-openbios", "modes");
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
