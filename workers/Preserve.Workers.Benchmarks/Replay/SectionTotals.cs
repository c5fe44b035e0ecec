namespace Preserve.Workers.Benchmarks.Replay;

/// <summary>What one section of a capture took.</summary>
internal sealed class SectionTotals(string name)
{
    public string Name { get; } = name;

    public int Milliseconds { get; set; }

    public int Pictures { get; set; }

    public int Blobs { get; set; }

    public long Bytes { get; set; }

    public long DeflatedBytes { get; set; }

    public TimeSpan Encoding { get; set; }

    public TimeSpan Decoding { get; set; }

    public static string Heading =>
        $"{"section",-22}{"seconds",8}{"pictures",9}{"blobs",7}{"bytes",10}{"B/s",9}{"B/pict",8}{"deflate",10}{"ratio",7}{"enc us/pict",12}{"core %",8}{"dec us/pict",12}";

    public override string ToString()
    {
        var seconds = Math.Max(Milliseconds / 1000.0, 0.001);
        var pictures = Math.Max(Pictures, 1);
        return FormattableString.Invariant(
            $"{Name,-22}{seconds,8:F1}{Pictures,9}{Blobs,7}{Bytes,10}{Bytes / seconds,9:F0}{Bytes / pictures,8}{DeflatedBytes,10}{(double)Bytes / Math.Max(DeflatedBytes, 1),7:F3}{Encoding.TotalMicroseconds / pictures,12:F0}{Encoding.TotalSeconds / seconds * 100,8:F2}{Decoding.TotalMicroseconds / pictures,12:F0}");
    }
}
