namespace Preserve.Workers.Frames;

/// <summary>Reads what <see cref="RangeEncoder"/> wrote. Not thread-safe.</summary>
internal sealed class RangeDecoder
{
    // An encoder leaves out the last three bytes, which are zero.
    private const int ImpliedBytes = 3;

    private byte[] _bytes = [];
    private int _next;
    private uint _code;
    private uint _range;

    public void Restart(byte[] bytes, int start)
    {
        _bytes = bytes;
        _next = start;
        _range = uint.MaxValue;
        for (var i = 0; i < 4; i++)
        {
            _code = (_code << 8) | Read();
        }
    }

    public bool Decode(uint probability)
    {
        var bound = (_range >> 12) * probability;
        var bit = _code < bound;
        if (bit)
        {
            _range = bound;
        }
        else
        {
            _code -= bound;
            _range -= bound;
        }

        while (_range < 1 << 24)
        {
            _code = (_code << 8) | Read();
            _range <<= 8;
        }

        return bit;
    }

    /// <exception cref="FrameFormatException">Bytes are left over.</exception>
    public void Finish()
    {
        if (_next != _bytes.Length + ImpliedBytes)
        {
            throw new FrameFormatException("The blob goes on after its last command.");
        }
    }

    private byte Read()
    {
        var at = _next++;
        if (at < _bytes.Length)
        {
            return _bytes[at];
        }

        return at < _bytes.Length + ImpliedBytes ? (byte)0 : throw new FrameFormatException("The blob ends within a command.");
    }
}
