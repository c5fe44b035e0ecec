using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Streaming;

/// <summary>
/// Sends a made-up screen to nobody when the worker has started, so that the code that encodes pictures is compiled, and compiled well, before the first visitor's
/// keys are answered by it. Takes about a second of one core, once.
/// </summary>
internal sealed class StreamRehearsal(TimeProvider time) : BackgroundService
{
    private const int Width = 720;
    private const int Height = 400;
    private const int Line = 16;
    private const int Pictures = 120;

    // Above the pace of a stream, so that each change is a picture of its own.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Framebuffer _screen = new();
    private readonly Random _random = new(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _screen.Resize(Width, Height);
        uint acknowledged = 0;
        FrameViewer? viewer = null;
        viewer = new ScreenStream(_screen, time).Join(isVisible: true, Show, _ => { });
        await using (viewer)
        {
            for (var picture = 0; picture < Pictures; picture++)
            {
                await Task.Delay(s_pause, time, stoppingToken);
                Draw(picture);
            }
        }

        // As a browser does, from another thread.
        Task Show(byte[] blob, CancellationToken cancellationToken) => Task.Run(() => viewer!.Acknowledge(++acknowledged), cancellationToken);
    }

    // A letter, then a line scrolled up, then a small picture of many colours: what the encoder tells apart.
    private void Draw(int picture)
    {
        Noise(new Rectangle(9 * (picture % 80), Height - Line, 9, Line), colors: 2);
        if (picture % 4 == 0)
        {
            _screen.Copy(0, Line, new Rectangle(0, 0, Width, Height - Line));
        }

        if (picture % 3 == 0)
        {
            Noise(new Rectangle(16 * (picture % 30), 64, 160, 96), colors: 1 << (picture % 12));
        }
    }

    private void Noise(Rectangle area, int colors)
    {
        var pixels = new uint[area.Width * area.Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (uint)_random.Next(colors) * 0x0F1E2Du & 0xFFFFFF;
        }

        _screen.Write(area, MemoryMarshal.AsBytes(pixels.AsSpan()));
    }
}
