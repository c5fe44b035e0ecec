using System.Text;

namespace Preserve.Sandbox.Processes;

/// <summary>
/// Reads standard error to its end, always, so that nothing inside blocks on it, and keeps the last 8 KiB.
/// </summary>
internal sealed class StandardErrorReader
{
    private const int LengthKept = 8 * 1024;

    private readonly Stream _stream;
    private readonly List<byte> _kept = [];
    private readonly Lock _lock = new();

    public StandardErrorReader(Stream stream)
    {
        _stream = stream;
        Completion = ReadToEndAsync();
    }

    /// <summary>Completes, never faults, at the end of the stream.</summary>
    public Task Completion { get; }

    /// <summary>What was written last.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return Encoding.UTF8.GetString([.. _kept]).Trim();
            }
        }
    }

    private async Task ReadToEndAsync()
    {
        var buffer = new byte[4096];
        try
        {
            int length;
            while ((length = await _stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                Keep(buffer.AsSpan(0, length));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The pipe was closed under us because its owner is done with it: the end, like any other.
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _kept.AddRange(bytes);
            if (_kept.Count > LengthKept)
            {
                _kept.RemoveRange(0, _kept.Count - LengthKept);
            }
        }
    }
}
