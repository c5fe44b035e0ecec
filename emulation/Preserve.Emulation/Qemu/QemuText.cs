using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Sandbox.Hostile;

namespace Preserve.Emulation.Qemu;

/// <summary>Reads the text screen of a PC: saves the display's text memory to the private folder, and believes it where it agrees with the picture.</summary>
internal sealed class QemuText(QmpClient monitor, Framebuffer screen, string privateFolder, TimeProvider time) : IMachineText, IDisposable
{
    private const int Attempts = 4;
    private static readonly TimeSpan s_pictureInterval = TimeSpan.FromMilliseconds(40);
    private static readonly uint[] s_addresses = [0xB8000, 0xB0000];

    private readonly SemaphoreSlim _file = new(1, 1);

    public async Task<TextScreen?> ReadAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (attempt > 0)
            {
                // The picture lags the memory by up to one interval of the display.
                await Task.Delay(s_pictureInterval, time, cancellationToken);
            }

            if (await ReadAsync(screen.Capture(), cancellationToken) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    public async Task<TextScreen?> ReadAsync(FrameCopy picture, CancellationToken cancellationToken)
    {
        // The picture decides first: memory is only looked at when it could be a text screen.
        var grids = TextGrid.Of(picture).ToArray();
        if (grids.Length == 0)
        {
            return null;
        }

        foreach (var address in s_addresses)
        {
            var memory = await SaveAsync(address, cancellationToken);
            if (grids.Select(grid => TextPage.Find(memory, grid)).FirstOrDefault(found => found is not null) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    public void Dispose() => _file.Dispose();

    private async Task<byte[]> SaveAsync(uint address, CancellationToken cancellationToken)
    {
        await _file.WaitAsync(cancellationToken);
        try
        {
            await monitor.ExecuteAsync(
                "pmemsave", new { val = address, size = TextPage.Length, filename = QemuPaths.Inside(QemuPaths.TextPageName) }, cancellationToken);
            await using var file = HostileFile.OpenRead(privateFolder, QemuPaths.TextPageName, TextPage.Length);
            var memory = new byte[TextPage.Length];
            await file.ReadAtLeastAsync(memory, memory.Length, throwOnEndOfStream: false, cancellationToken);
            return memory;
        }
        catch (Exception e) when (e is QmpException or HostileFileException)
        {
            throw new MachineException("The machine's text could not be read.", e);
        }
        finally
        {
            _file.Release();
        }
    }
}
