using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;

namespace Preserve.Workers.Text;

/// <summary>
/// The text of one machine's screen for everybody who wants it: however many ask, the machine is asked once for each picture, and at
/// most ten times a second. Safe for concurrent callers.
/// </summary>
internal sealed class SharedText(IMachineText text, Framebuffer screen, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private TextScreen? _last;
    private long? _lastAt;
    private long _lastGeneration;

    /// <summary>The text as it is now or was a tenth of a second ago; null when the screen shows none.</summary>
    /// <exception cref="MachineException">The machine could not be asked.</exception>
    public async Task<TextScreen?> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            // Taken before the text: what changes meanwhile is read again.
            var generation = screen.Generation;
            if (_lastAt is { } at && (generation == _lastGeneration || time.GetElapsedTime(at) < Freshness))
            {
                return _last;
            }

            _last = WithKnownCursor(await text.ReadAsync(cancellationToken), _last);
            (_lastAt, _lastGeneration) = (time.GetTimestamp(), generation);
            return _last;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>A cursor blinks: while the characters stay as they were, one that is dark just now is where it was.</summary>
    private static TextScreen? WithKnownCursor(TextScreen? now, TextScreen? before) =>
        now is { CursorRow: null } && before is not null && now.Lines.SequenceEqual(before.Lines) ? before : now;
}
