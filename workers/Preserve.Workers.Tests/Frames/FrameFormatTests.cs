using Preserve.Emulation.Display;
using Preserve.Workers.Frames;

namespace Preserve.Workers.Tests.Frames;

public sealed class FrameFormatTests
{
    [Fact]
    public void Blobs_with_changed_bytes_fail_with_the_typed_error_only()
    {
        var random = new Random(7);
        var blobs = Record();
        for (var round = 0; round < 400; round++)
        {
            var decoder = new FrameDecoder();
            foreach (var blob in blobs)
            {
                if (!Accepts(decoder, round == 0 || random.Next(3) > 0 ? blob : Mutate(blob, random)))
                {
                    break;
                }
            }
        }
    }

    [Fact]
    public void Random_bytes_after_a_header_fail_with_the_typed_error_only()
    {
        var random = new Random(8);
        for (var round = 0; round < 2000; round++)
        {
            var blob = new byte[random.Next(300)];
            random.NextBytes(blob);
            if (blob.Length > 11)
            {
                new byte[] { 0x1B, 1, 0, 0, 0, 80, 0, 60, 0, 16, 16 }.CopyTo(blob, 0);
            }

            Accepts(new FrameDecoder(), blob);
        }
    }

    [Fact]
    public void A_blob_cut_short_or_too_long_is_refused()
    {
        var blob = Record()[0];
        Assert.Throws<FrameFormatException>(() => new FrameDecoder().Decode(blob[..^1]));
        Assert.Throws<FrameFormatException>(() => new FrameDecoder().Decode([.. blob, 0]));
        Assert.Throws<FrameFormatException>(() => new FrameDecoder().Decode([]));
    }

    [Fact]
    public void The_example_of_the_document_is_what_the_encoder_makes()
    {
        using var pair = new FramePair();
        pair.Screen.Resize(16, 16);
        pair.Send();
        Assert.Equal("2B0100000010001000" + "1010E0", Convert.ToHexString(pair.Blobs[0]));
    }

    [Fact]
    public void A_missing_blob_is_noticed_and_only_a_keyframe_helps()
    {
        using var pair = new FramePair();
        pair.Screen.Resize(64, 64);
        pair.Send();
        var decoder = new FrameDecoder();
        decoder.Decode(pair.Blobs[0]);
        pair.Screen.Fill(new Rectangle(0, 0, 9, 9), 5);
        pair.Send();
        pair.Screen.Fill(new Rectangle(0, 0, 9, 9), 6);
        pair.Send();
        Assert.Throws<FrameFormatException>(() => decoder.Decode(pair.Blobs[2]));
        Assert.Throws<FrameFormatException>(() => decoder.Decode(pair.Blobs[1]));
        pair.Send(keyframe: true);
        decoder.Decode(pair.Blobs[3]);
        Assert.True(pair.Decoder.Pixels.SequenceEqual(decoder.Pixels));
    }

    [Theory]
    [InlineData(0x2B, 64, 64, 16, 16)]
    [InlineData(0x17, 64, 64, 16, 16)]
    [InlineData(0x1F, 64, 64, 16, 16)]
    [InlineData(0x1B, 0, 64, 16, 16)]
    [InlineData(0x1B, 64, 4097, 16, 16)]
    [InlineData(0x1B, 64, 64, 7, 16)]
    [InlineData(0x1B, 64, 64, 16, 17)]
    public void Headers_out_of_bounds_are_refused(byte first, int width, int height, byte cellWidth, byte cellHeight)
    {
        var blob = new byte[40];
        blob[0] = first;
        BitConverter.TryWriteBytes(blob.AsSpan(5), (ushort)width);
        BitConverter.TryWriteBytes(blob.AsSpan(7), (ushort)height);
        blob[9] = cellWidth;
        blob[10] = cellHeight;
        Assert.Throws<FrameFormatException>(() => new FrameDecoder().Decode(blob));
    }

    private static bool Accepts(FrameDecoder decoder, byte[] blob)
    {
        try
        {
            decoder.Decode(blob);
            return true;
        }
        catch (FrameFormatException)
        {
            return false;
        }
    }

    private static byte[] Mutate(byte[] blob, Random random)
    {
        var copy = random.Next(4) == 0 ? blob[..random.Next(blob.Length)] : (byte[])blob.Clone();
        for (var i = random.Next(4); i >= 0 && copy.Length > 0; i--)
        {
            copy[random.Next(copy.Length)] = (byte)random.Next(256);
        }

        return copy;
    }

    private static List<byte[]> Record()
    {
        var random = new Random(3);
        using var pair = new FramePair();
        pair.Screen.Resize(120, 90);
        for (var step = 0; step < 12; step++)
        {
            RandomDrawing.Draw(pair.Screen, random);
            pair.Send();
            if (step == 7)
            {
                pair.Encoder.StartTogether(900);
                pair.Send();
            }
        }

        Assert.Contains(pair.Blobs, blob => (blob[0] & FrameFormat.KeepsFlag) != 0);
        return pair.Blobs;
    }
}
