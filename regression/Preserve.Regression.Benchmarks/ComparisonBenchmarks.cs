using BenchmarkDotNet.Attributes;
using Preserve.Emulation.Display;
using Preserve.Regression.Comparison;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Benchmarks;

/// <summary>Comparison of two screens of 1024 x 768, which is 3 MiB each: 6 MiB are read for each pair.</summary>
public class ComparisonBenchmarks
{
    private const int Width = 1024;
    private const int Height = 768;

    private readonly Picture _equal = Screen(_ => { });
    private readonly Picture _clock = Screen(pixels => pixels.AsSpan((700 * Width) + 960, 40).Fill(0xFFFFFF));
    private readonly Picture _everything = Screen(pixels => Invert(pixels));
    private readonly AcceptedScreen _whole = new(Screen(_ => { }), []);
    private readonly AcceptedScreen _masked = new(Screen(_ => { }), [new ScreenArea(new Rectangle(900, 690, 124, 40), AreaKind.Exclude)]);

    [Benchmark(Description = "equal")]
    public ScreenComparison Equal() => ScreenComparer.Compare(_whole, _equal, null);

    [Benchmark(Description = "a clock under a mask")]
    public ScreenComparison Masked() => ScreenComparer.Compare(_masked, _clock, null);

    [Benchmark(Description = "a clock, not masked: shifts tried, area explained")]
    public ScreenComparison Clock() => ScreenComparer.Compare(_whole, _clock, null);

    [Benchmark(Description = "every pixel differs: map only")]
    public object Everything() => DifferenceMap.Between(_whole.Picture, _everything, _whole.Mask).Areas();

    private static Picture Screen(Action<uint[]> change)
    {
        var frame = new FrameCopy();
        frame.Resize(Width, Height);
        var random = new Random(1);
        for (var i = 0; i < frame.Pixels.Length; i++)
        {
            frame.Pixels[i] = (uint)random.Next(0x1000000);
        }

        change(frame.Pixels);
        return Picture.Of(frame);
    }

    private static void Invert(uint[] pixels)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] ^= 0xFFFFFF;
        }
    }
}
