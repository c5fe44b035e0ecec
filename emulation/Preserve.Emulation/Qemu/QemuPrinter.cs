using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>
/// Takes what comes from the parallel port over a socket. It is read to the end whatever becomes of it: a guest never waits for a printer that
/// is full.
/// </summary>
internal sealed class QemuPrinter : IMachinePrinter, IAsyncDisposable
{
    /// <summary>Several hundred pages of text, or some of pictures.</summary>
    public const int DefaultMaximum = 8 << 20;

    private readonly Lock _lock = new();
    private readonly MemoryStream _kept = new();
    private readonly Stream _port;
    private readonly Task _reading;
    private bool _isFull;

    public QemuPrinter(Stream port, int maximumLengthInBytes = DefaultMaximum)
    {
        (_port, MaximumLengthInBytes) = (port, maximumLengthInBytes);
        _reading = ReadAsync();
    }

    public int MaximumLengthInBytes { get; }

    public byte[] Printed
    {
        get
        {
            lock (_lock)
            {
                return _kept.ToArray();
            }
        }
    }

    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _isFull;
            }
        }
    }

    /// <summary>Completes when the port is closed from the other side.</summary>
    internal Task Completion => _reading;

    public async ValueTask DisposeAsync()
    {
        await _port.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (await _port.ReadAsync(buffer, CancellationToken.None) is > 0 and var length)
            {
                Keep(buffer.AsSpan(0, length));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The machine has ended, and the port with it.
        }
    }

    private void Keep(ReadOnlySpan<byte> sent)
    {
        lock (_lock)
        {
            var room = (int)Math.Min(MaximumLengthInBytes - _kept.Length, sent.Length);
            _kept.Write(sent[..room]);
            _isFull |= room < sent.Length;
        }
    }
}
