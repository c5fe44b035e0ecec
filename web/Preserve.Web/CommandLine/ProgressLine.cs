using System.Globalization;
using Preserve.Catalog.Import;

namespace Preserve.Web.CommandLine;

/// <summary>
/// Tells on standard error how far an import is, once it has taken a second: one line that is written over on a terminal, a line
/// every few seconds elsewhere. Safe for concurrent reports.
/// </summary>
public sealed class ProgressLine(string what) : IProgress<ImportProgress>, IDisposable
{
    private static readonly TimeSpan _quietAtFirst = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _pause = TimeSpan.FromSeconds(Console.IsErrorRedirected ? 5 : 0.25);
    private readonly Lock _turn = new();
    private readonly long _beganAt = TimeProvider.System.GetTimestamp();
    private TimeSpan _nextAt = _quietAtFirst;
    private bool _isShown;

    public void Report(ImportProgress value)
    {
        lock (_turn)
        {
            var now = TimeProvider.System.GetElapsedTime(_beganAt);
            if (now < _nextAt)
            {
                return;
            }

            _nextAt = now + _pause;
            Write(string.Create(CultureInfo.InvariantCulture,
                $"{what}: {Percent(value)} % of {value.TotalInBytes / 1e6:0.#} MB, {value.Entry}"));
        }
    }

    /// <summary>Leaves the cursor on a line of its own.</summary>
    public void Dispose()
    {
        if (_isShown && !Console.IsErrorRedirected)
        {
            Console.Error.WriteLine();
        }
    }

    private static long Percent(ImportProgress value) =>
        value.TotalInBytes == 0 ? 100 : Math.Min(100, value.DoneInBytes * 100 / value.TotalInBytes);

    private void Write(string line)
    {
        _isShown = true;
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(line);
            return;
        }

        // Carriage return, the line, and "erase to the end of line" (ECMA-48 EL).
        Console.Error.Write($"\r{line}\e[K");
    }
}
