using Preserve.Emulation.Display;
using Preserve.Workers.Benchmarks.Capture;
using Preserve.Workers.Frames;

namespace Preserve.Workers.Benchmarks.Replay;

/// <summary>One replay of one capture: screen, encoder, reference decoder (which checks every pixel), and the baseline beside them. Times are processor time.</summary>
internal static class ReplayRun
{
    public static IReadOnlyList<SectionTotals> Play(
        string name, IEnumerable<CapturedPicture> pictures, FrameEncoderOptions options, BinaryWriter? trace)
    {
        var screen = new Framebuffer();
        using var tracker = screen.Track();
        using var deflated = new DeflatedTiles();
        var (copy, encoder, decoder, blobs) = (new FrameCopy(), new FrameEncoder(options), new FrameDecoder(), new List<byte[]>());
        var totals = new List<SectionTotals> { new($"{name} start") };
        var began = 0;
        var last = 0;
        foreach (var picture in pictures)
        {
            last = picture.Milliseconds;
            if (picture.Section is not null)
            {
                totals[^1].Milliseconds = last - began;
                began = last;
                totals.Add(new SectionTotals($"{name} {picture.Section}"));
                continue;
            }

            Apply(screen, picture);
            if (tracker.TryTake(copy))
            {
                totals[^1].DeflatedBytes += deflated.Encode(copy);
                blobs.Clear();
                Encode(encoder, copy, blobs, totals[^1]);
                Decode(decoder, blobs, totals[^1]);
                Check(copy, decoder);
                Trace(trace, blobs);
            }
        }

        totals[^1].Milliseconds = last - began;
        return totals;
    }

    private static void Apply(Framebuffer screen, CapturedPicture picture)
    {
        if (screen.Size != (picture.Width, picture.Height))
        {
            screen.Resize(picture.Width, picture.Height);
        }

        foreach (var (area, pixels) in picture.Parts)
        {
            screen.Write(area, pixels);
        }
    }

    private static void Encode(FrameEncoder encoder, FrameCopy copy, List<byte[]> blobs, SectionTotals total)
    {
        var start = Environment.CpuUsage.TotalTime;
        total.Bytes += encoder.Encode(copy, keyframe: false, int.MaxValue, blobs);
        total.Encoding += Environment.CpuUsage.TotalTime - start;
        total.Blobs += blobs.Count;
        total.Pictures += blobs.Count > 0 ? 1 : 0;
    }

    private static void Decode(FrameDecoder decoder, List<byte[]> blobs, SectionTotals total)
    {
        var start = Environment.CpuUsage.TotalTime;
        foreach (var blob in blobs)
        {
            decoder.Decode(blob);
        }

        total.Decoding += Environment.CpuUsage.TotalTime - start;
    }

    private static void Check(FrameCopy copy, FrameDecoder decoder)
    {
        if (!decoder.Pixels.SequenceEqual(copy.Pixels))
        {
            throw new InvalidOperationException("The decoded picture is not the screen.");
        }
    }

    private static void Trace(BinaryWriter? trace, List<byte[]> blobs)
    {
        foreach (var blob in blobs)
        {
            trace?.Write(blob.Length);
            trace?.Write(blob);
        }
    }
}
