using System.Text;
using System.Text.Json;

namespace Preserve.Sandbox.Processes;

/// <summary>
/// Reads standard error to its end, always, so that nothing inside blocks on it, and keeps the last 8 KiB. First comes what
/// bubblewrap says about the namespaces it made, as one JSON object, before anything inside runs.
/// </summary>
internal sealed class StandardErrorReader
{
    private const int LengthKept = 8 * 1024;

    private readonly Stream _stream;
    private readonly List<byte> _kept = [];
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<int?> _firstProcessId = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isPastHeader;

    public StandardErrorReader(Stream stream)
    {
        _stream = stream;
        Completion = ReadToEndAsync();
    }

    /// <summary>Host id of the namespace's process 1; null when bubblewrap failed before it made one.</summary>
    public Task<int?> FirstProcessId => _firstProcessId.Task;

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

        _firstProcessId.TrySetResult(null);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _kept.AddRange(bytes);
            if (!_isPastHeader)
            {
                TakeHeader();
            }

            if (_kept.Count > LengthKept)
            {
                _kept.RemoveRange(0, _kept.Count - LengthKept);
            }
        }
    }

    private void TakeHeader()
    {
        var end = _kept.IndexOf((byte)'}');
        if (_kept.Count > 0 && _kept[0] != (byte)'{')
        {
            // One of the programs before bubblewrap complains: there is no header.
            _isPastHeader = true;
        }
        else if (end >= 0)
        {
            _isPastHeader = true;
            using var document = JsonDocument.Parse(_kept.GetRange(0, end + 1).ToArray());
            _kept.RemoveRange(0, end + 1);
            _firstProcessId.TrySetResult(document.RootElement.GetProperty("child-pid").GetInt32());
        }
    }
}
