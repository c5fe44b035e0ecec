namespace Preserve.Workers.Frames;

/// <summary>The colours that were last sent in full, in a ring; the oldest makes room. Both sides keep the same.</summary>
internal sealed class Palette
{
    private const int BucketCount = 512;
    private const short None = -1;

    private readonly uint[] _colors = new uint[FrameFormat.PaletteLength];
    private readonly short[] _chains = new short[FrameFormat.PaletteLength];
    private readonly short[] _buckets = new short[BucketCount];
    private int _count;
    private int _next;

    public Palette() => Reset();

    public int Count => _count;

    public uint this[int index] => _colors[index];

    public int Find(uint color)
    {
        var index = _buckets[Bucket(color)];
        while (index != None && _colors[index] != color)
        {
            index = _chains[index];
        }

        return index;
    }

    public void Add(uint color)
    {
        if (_count == FrameFormat.PaletteLength)
        {
            Unlink(_next);
        }
        else
        {
            _count++;
        }

        ref var bucket = ref _buckets[Bucket(color)];
        _colors[_next] = color;
        _chains[_next] = bucket;
        bucket = (short)_next;
        _next = (_next + 1) & (FrameFormat.PaletteLength - 1);
    }

    public void Reset()
    {
        Array.Fill(_buckets, None);
        _count = 0;
        _next = 0;
    }

    private static int Bucket(uint color) => (int)((color * 0x9E3779B1) >> 23);

    private void Unlink(int index)
    {
        ref var link = ref _buckets[Bucket(_colors[index])];
        while (link != index)
        {
            link = ref _chains[link];
        }

        link = _chains[index];
    }
}
