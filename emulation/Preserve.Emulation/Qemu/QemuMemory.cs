using Preserve.Emulation.Machines;
using Preserve.Sandbox.Hostile;

namespace Preserve.Emulation.Qemu;

/// <summary>Reads guest memory by way of one file in the private folder. Safe for concurrent callers, who take turns.</summary>
internal sealed class QemuMemory(QmpClient monitor, string privateFolder, string fileName) : IDisposable
{
    private readonly SemaphoreSlim _file = new(1, 1);

    /// <exception cref="MachineException">The monitor refused, or the file was not what it should be.</exception>
    public async Task<byte[]> ReadAsync(uint address, int length, CancellationToken cancellationToken)
    {
        await _file.WaitAsync(cancellationToken);
        try
        {
            await monitor.ExecuteAsync("pmemsave", new { val = address, size = length, filename = QemuPaths.Inside(fileName) }, cancellationToken);
            await using var file = HostileFile.OpenRead(privateFolder, fileName, length);
            var memory = new byte[length];
            await file.ReadAtLeastAsync(memory, memory.Length, throwOnEndOfStream: false, cancellationToken);
            return memory;
        }
        catch (Exception e) when (e is QmpException or HostileFileException)
        {
            throw new MachineException("The machine's memory could not be read.", e);
        }
        finally
        {
            _file.Release();
        }
    }

    public void Dispose() => _file.Dispose();
}
