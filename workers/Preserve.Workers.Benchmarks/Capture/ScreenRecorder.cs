using System.Diagnostics;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Benchmarks.Capture;

/// <summary>Writes every change of a screen to a capture, as soon as it is seen.</summary>
internal sealed class ScreenRecorder(Framebuffer screen, BinaryWriter writer)
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();

    private int Milliseconds => (int)Stopwatch.GetElapsedTime(_began).TotalMilliseconds;

    public void BeginSection(string name)
    {
        lock (_lock)
        {
            CaptureFile.WriteSection(writer, Milliseconds, name);
        }
    }

    /// <summary>Records until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var tracker = screen.Track();
        var copy = new FrameCopy();
        try
        {
            while (true)
            {
                if (tracker.TryTake(copy) && copy.Width > 0)
                {
                    lock (_lock)
                    {
                        CaptureFile.WritePicture(writer, Milliseconds, copy);
                    }
                }

                await tracker.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The script is through.
        }
    }
}
